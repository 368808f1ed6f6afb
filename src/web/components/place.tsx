import type { VNode } from 'preact';
import { useView } from '../view.ts';

export interface PlaceWords {
  readonly street: string | null;
  readonly buildingNumber: string | null;
  readonly number: string | null;
}

/** `Długa 12/3`; null where nothing of it is known. */
export function placeText({ street, buildingNumber, number }: PlaceWords): string | null {
  if (street === null) return null;
  const house = [street, ...(buildingNumber === null ? [] : [buildingNumber])].join(' ');
  return number === null ? house : `${house}/${number}`;
}

/** An address as people write it. */
export function Place({ of }: { readonly of: PlaceWords }): VNode {
  const { t } = useView();
  return <>{placeText(of) ?? t.common.none}</>;
}
