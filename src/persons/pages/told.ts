/** What the page of a person tells besides the person. The leases know it, and they lie further right: they hand it in. */
import type { Context } from '../../platform/context.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { PlaceWords } from '../../web/components/place.tsx';
import type { PersonsSeen } from '../visible.ts';

/** A lease to which the person is or was a party, and on which days. */
export interface LeaseOfPerson extends PlaceWords {
  readonly lease: string;
  readonly role: string;
  readonly from: PlainDate;
  /** First day the person is no longer a party; null = open. */
  readonly to: PlainDate | null;
}

/** How long the person's file is kept: there is none, it is in use, or it is kept until the day on which it may be erased. */
export type Keeping = { readonly state: 'none' } | { readonly state: 'in use' } | { readonly state: 'over'; readonly endedOn: PlainDate; readonly until: PlainDate; readonly years: number };

export interface AboutPersons {
  /** Which persons a reader sees. */
  readonly seen: PersonsSeen;
  /** Those leases of the person of the code that the reader sees. */
  readonly leasesOf: (ctx: Context, person: string) => Promise<readonly LeaseOfPerson[]>;
  /** Of the person of the code, over the whole city. */
  readonly keepingOf: (ctx: Context, person: string) => Promise<Keeping>;
}
