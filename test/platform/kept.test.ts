/** What is computed of an object and kept. */
import { expect, it } from 'vitest';
import { kept, keptAlike } from '../../src/platform/kept.ts';

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

it('is shared by all that say the same, and told apart where they differ', () => {
  const asked: string[] = [];
  const upper = keptAlike(
    ({ word }: { word: string; day: number }) => word,
    ({ word, day }) => {
      asked.push(`${word} ${day}`);
      return { word: word.toUpperCase() };
    },
  );
  const [first, second, third] = [upper({ word: 'a', day: 1 }), upper({ word: 'b', day: 2 }), upper({ word: 'a', day: 3 })];
  expect(third).toBe(first);
  expect(second).toEqual({ word: 'B' });
  expect(asked).toEqual(['a 1', 'b 2']);
});
