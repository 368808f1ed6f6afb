/** What was said about one thing over time, as rows with two times. */
import type { Days } from './calendar.ts';
import { rangeText } from './calendar.ts';
import type { Change } from './changes.ts';
import type { Times } from './rows.ts';

/** From then on something else was known to hold on these days; null = nothing. */
export interface Amendment<V> extends Days {
  readonly value: V | null;
  readonly change: Change;
}

/** The times of a row that was never touched again. */
export function since(days: Days, change: Change): Times {
  return { valid: rangeText(days), recorded: change.open, change_id: change.id, closed_change_id: null };
}

interface Piece<V> extends Days {
  readonly value: V;
  readonly change: Change;
}

/**
 * The rows of a value first recorded by `change` and amended later: an amendment closes what it touches and writes the remainders anew.
 * @throws RangeError when an amendment was not recorded after what it closes
 */
export function history<V>(
  first: Days & { readonly value: V | null; readonly change: Change },
  amendments: readonly Amendment<V>[],
  write: (value: V, times: Times) => void,
): void {
  let open: Piece<V>[] = first.value === null ? [] : [{ from: first.from, to: first.to, value: first.value, change: first.change }];
  const ordered = [...amendments].sort((a, b) => (a.change.at < b.change.at ? -1 : 1));
  for (const amendment of ordered) {
    const kept: Piece<V>[] = [];
    for (const piece of open) {
      const untouched = (piece.to !== null && piece.to <= amendment.from) || (amendment.to !== null && amendment.to <= piece.from);
      if (untouched) {
        kept.push(piece);
        continue;
      }
      close(piece, amendment.change, write);
      if (piece.from < amendment.from) kept.push({ ...piece, to: amendment.from, change: amendment.change });
      if (amendment.to !== null && (piece.to === null || piece.to > amendment.to)) {
        kept.push({ ...piece, from: amendment.to, change: amendment.change });
      }
    }
    if (amendment.value !== null) {
      kept.push({ from: amendment.from, to: amendment.to, value: amendment.value, change: amendment.change });
    }
    open = kept;
  }
  for (const piece of open) write(piece.value, since(piece, piece.change));
}

function close<V>(piece: Piece<V>, by: Change, write: (value: V, times: Times) => void): void {
  if (by.at <= piece.change.at) throw new RangeError(`closed at ${by.at} before it was recorded at ${piece.change.at}`);
  write(piece.value, {
    valid: rangeText(piece),
    recorded: `[${piece.change.at},${by.at})`,
    change_id: piece.change.id,
    closed_change_id: by.id,
  });
}
