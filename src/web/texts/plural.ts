/** Words that follow a number. */
import { shownText } from '../../platform/statement/numbers.ts';

/** `1 umowa`, `2 umowy`, `5 umów`, `22 umowy`. */
export function pl(count: number, one: string, few: string, many: string): string {
  const [ten, hundred] = [count % 10, count % 100];
  const word = count === 1 ? one : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? few : many;
  return `${shownText(String(count), 0, 'pl')}\u00a0${word}`;
}

/** `1 lease`, `2 leases`. */
export function en(count: number, one: string, many: string): string {
  return `${shownText(String(count), 0, 'en')}\u00a0${count === 1 ? one : many}`;
}
