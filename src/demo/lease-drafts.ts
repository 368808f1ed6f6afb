/** Leases while the city is being made, and the desk that enters and ends them in a possible order. */
import type { Day, Days } from './calendar.ts';
import { workdayFrom, workdayUpTo } from './calendar.ts';
import type { Change, Changes } from './changes.ts';
import type { BuildingDraft, DwellingDraft } from './drafts.ts';
import type { Amendment } from './history.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { LeaseBasis, LeaseTerm, PartyRole } from './rows.ts';
import { lastDesk } from './when.ts';

export interface PartyDraft {
  readonly person: number;
  readonly role: PartyRole;
  /** Stepped in later, or left: days and change of their own. */
  readonly joined: { readonly from: Day; readonly change: Change } | null;
  readonly left: { readonly from: Day; readonly change: Change } | null;
}

export interface LeaseDraft {
  readonly dwelling: DwellingDraft;
  readonly days: Days;
  /** How it was entered; with its end, unless that was recorded later by `ended`. */
  readonly entered: Change;
  readonly ended: Change | null;
  term: LeaseTerm;
  basis: LeaseBasis;
  parties: PartyDraft[];
  /** Rooms let by it; empty = the whole dwelling. */
  readonly rooms: readonly string[];
  termAmendment: Amendment<LeaseTerm> | null;
  basisAmendment: Amendment<LeaseBasis> | null;
  hold: { readonly days: Days; readonly reason: string; readonly change: Change } | null;
}

/** What a lease says, before it is entered. */
export interface Contract extends Days {
  readonly term: LeaseTerm;
  readonly basis: LeaseBasis;
  readonly parties: PartyDraft[];
  readonly rooms?: readonly string[];
  /** The end was in the contract; else it was recorded when it came. */
  readonly forATime: boolean;
  /** Days after the first day before anybody records it. */
  readonly late?: number;
}

/** Enters leases: older ones when the register was taken over, later ones about when they were signed. */
export class Desk {
  readonly leases: LeaseDraft[] = [];
  readonly #plan: Plan;
  readonly #changes: Changes;
  readonly #random: Random;
  readonly #imports = new Map<BuildingDraft, Change>();

  constructor(plan: Plan, changes: Changes, random: Random) {
    this.#plan = plan;
    this.#changes = changes;
    this.#random = random;
  }

  /** Enters contracts of one dwelling (or of one of its rooms) that follow one another. */
  enter(dwelling: DwellingDraft, contracts: readonly Contract[]): LeaseDraft[] {
    let last = 0;
    return contracts.map((contract) => {
      const takenOver = this.#takeOver(dwelling.building);
      const old = contract.from <= takenOver.day;
      const entered = old ? takenOver : this.#sign(contract, Math.max(last, takenOver.day));
      last = entered.day;
      let ended: Change | null = null;
      if (contract.to !== null && !contract.forATime && !(old && contract.to <= takenOver.day)) {
        ended = this.#end(contract.to, last);
        last = ended.day;
      }
      const { from, to, term, basis, parties, rooms = [] } = contract;
      const lease: LeaseDraft = {
        dwelling, days: { from, to }, entered, ended, term, basis, parties, rooms, termAmendment: null, basisAmendment: null, hold: null,
      };
      this.leases.push(lease);
      return lease;
    });
  }

  /** A change to a lease between its entry and the anchor day, or null where there is no room for one. */
  during({ days, entered, ended }: LeaseDraft, reason: string): { readonly from: Day; readonly change: Change } | null {
    if (ended !== null || days.to !== null) return null;
    const first = Math.max(days.from, entered.day) + 90;
    const latest = this.#plan.anchor - 60;
    if (first >= latest) return null;
    const from = this.#random.int(first, latest);
    return { from, change: this.#changes.ofDay(workdayFrom(from + this.#random.int(3, 40)), 'lease', reason) };
  }

  #takeOver(building: BuildingDraft): Change {
    let change = this.#imports.get(building);
    if (change === undefined) {
      const { street, number } = building.details;
      const day = workdayFrom(building.survey.day + 1);
      change = this.#changes.add(day, 'import', `Przeniesienie umów z kartoteki: ${street} ${number}`, 'import');
      this.#imports.set(building, change);
    }
    return change;
  }

  #sign({ from, late }: Contract, last: Day): Change {
    const wished = late === undefined ? from - this.#random.int(0, 12) : from + late;
    const day = Math.max(workdayUpTo(Math.min(wished, lastDesk(this.#plan))), workdayFrom(last + 1));
    return this.#changes.ofDay(day, 'lease', 'Wprowadzenie umów');
  }

  #end(to: Day, last: Day): Change {
    const day = Math.max(workdayUpTo(Math.min(to - this.#random.int(5, 20), lastDesk(this.#plan))), workdayFrom(last + 1));
    return this.#changes.ofDay(day, 'lease', 'Zakończenie umów');
  }
}
