/** Item 33: the class of a business by its opening hours; the classes' hours are law data. */
import type { Law } from '../platform/law/book.ts';
import type { BusinessFinding } from '../stock/facts.ts';

/** The first class whose hours hold the whole opening; `night` for whatever is open outside all of them. P ann. 5 item 33 */
export function businessClass(law: Law, business: BusinessFinding): string {
  const overnight = business.closes <= business.opens;
  if (!overnight) {
    for (const hours of ['day_8_20', 'day_6_22']) {
      const [opens, closes] = law.list(`business.${hours}`);
      if (opens !== undefined && closes !== undefined && business.opens >= opens && business.closes <= closes) return hours;
    }
  }
  return 'night';
}
