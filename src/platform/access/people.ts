/** The people of the development provider, at least one a role: everything can be tried with them. They never exist beside a real provider. */
import type { Actor } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { Role } from './roles.ts';

/** A member of the staff; `districts` null = the whole city. */
function staff(code: string, name: string, roles: readonly Role[], districts: readonly string[] | null = null): Actor {
  return { code, name, roles, districts, person: null };
}

/** Who does the program's own work: first loads, jobs and the demo. */
export const SYSTEM: Actor = staff('system', 'System', ['system']);

/** Staff one may try. Not the program's own: what it does by itself must stay tellable from what a person does. */
export const PEOPLE: readonly Actor[] = [
  staff('anna.referent', 'Anna Zielińska', ['clerk']),
  staff('dawid.referent', 'Dawid Mazur', ['clerk']),
  staff('hanna.podgorze', 'Hanna Sroka', ['clerk'], ['XIII Podgórze']),
  staff('barbara.kierownik', 'Barbara Wrona', ['clerk', 'supervisor']),
  staff('cezary.prawo', 'Cezary Lis', ['law_administrator']),
  staff('filip.windykacja', 'Filip Bąk', ['collections']),
  staff('edyta.audytor', 'Edyta Sowa', ['auditor']),
];

/** @throws DomainError `actor_unknown`, naming those there are */
export function personOf(code: string): Actor {
  const found = PEOPLE.find((actor) => actor.code === code);
  if (!found) throw new DomainError('forbidden', 'actor_unknown', { actor: code, known: PEOPLE.map((actor) => actor.code).join(', ') });
  return found;
}
