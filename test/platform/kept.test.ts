/** What is computed of an object and kept. */
import { expect, it } from 'vitest';
import { kept } from '../../src/platform/kept.ts';

it('is computed once for each object, in whatever order they are asked for', () => {
  const asked: number[] = [];
  const double = kept(({ value }: { value: number }) => {
    asked.push(value);
    return value * 2;
  });
  const objects = [1, 2, 3].map((value) => ({ value }));
  const [one, two, three] = objects as [{ value: number }, { value: number }, { value: number }];
  expect([one, two, one, three, two, one, three, three].map(double)).toEqual([2, 4, 2, 6, 4, 2, 6, 6]);
  expect(asked).toEqual([1, 2, 3]);
});

it('may be nothing', () => {
  let asked = 0;
  const none = kept((): null => {
    asked += 1;
    return null;
  });
  const object = {};
  expect([none(object), none(object)]).toEqual([null, null]);
  expect(asked).toBe(1);
});
