/** What an event is about and who acted: in words, with the way to its page where there is one. */
import type { VNode } from 'preact';
import type { Permission } from '../../platform/access/roles.ts';
import { at } from '../../web/address.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import { USER } from '../users/addresses.ts';
import { EVENT } from './addresses.ts';
import type { Names } from './names.ts';

/** Kinds of things one may ask for. */
export const SOUGHT = [
  'lease', 'dwelling', 'building', 'staircase', 'person', 'user', 'run', 'tariff', 'scenario', 'operation', 'sheet', 'slot', 'retention', 'token', 'letterCode', 'change', 'event',
] as const;

/** Numbers inside the database, beside the code by which people know the thing. */
const INTERNAL = /_id$/;

interface Way {
  readonly path: string;
  readonly permission: Permission;
}

/** Pages of things; the name of the parameter is that of the kind. */
const PAGES: Readonly<Record<string, Way>> = {
  lease: { path: '/leases/:id', permission: 'lease.read' },
  dwelling: { path: '/dwellings/:id', permission: 'stock.read' },
  run: { path: '/runs/:id', permission: 'run.read' },
  tariff: { path: '/tariffs/:id', permission: 'law.read' },
  operation: { path: '/operations/:id', permission: 'operation.read' },
  sheet: { path: '/files/:id', permission: 'export' },
  event: { path: EVENT.replace(':event', ':id'), permission: 'audit.read' },
  person: { path: '/persons/:id', permission: 'person.read' },
  retention: { path: '/retention-lists/:id', permission: 'retention.read' },
  list: { path: '/retention-lists/:id', permission: 'retention.read' },
  user: { path: USER.replace(':user', ':id'), permission: 'user.read' },
};

/** The code by which people know it: the trail has ids of persons and users. */
function codeOf(kind: string, id: string, { persons, users, known }: Names): { readonly code: string; readonly there: boolean } {
  if (kind === 'person') return { code: persons.get(id) ?? id, there: persons.has(id) || !/^\d+$/.test(id) };
  if (kind === 'user') return { code: users.get(id) ?? id, there: users.has(id) || known.has(id) };
  return { code: id, there: true };
}

function wayTo(view: View, kind: string, code: string): string | null {
  const way = Object.hasOwn(PAGES, kind) ? PAGES[kind] : undefined;
  return way !== undefined && mayHere(view, way.permission) ? at(way.path, { id: code }) : null;
}

export function kindWords(kind: string, { t }: Pick<View, 't'>): string {
  return t.trail.kinds[kind] ?? t.trail.fields[kind] ?? kind;
}

/** What an event is about. */
export function Targets({ of, names, internal = false }: {
  readonly of: Readonly<Record<string, string>>; readonly names: Names;
  /** Numbers inside the database too. */
  readonly internal?: boolean;
}): VNode {
  const view = useView();
  return (
    <ul class="found">
      {Object.entries(of).filter(([kind]) => internal || !INTERNAL.test(kind)).map(([kind, id]) => {
        const { code, there } = codeOf(kind, id, names);
        const to = there ? wayTo(view, kind, code) : null;
        // There is one trail: its kind says all.
        if (kind === 'trail') return <li key={kind}>{kindWords(kind, view)}</li>;
        return <li key={kind}><span class="soft">{kindWords(kind, view)}</span> {to !== null ? <a href={to}>{code}</a> : kind === 'register' ? (view.t.trail.values[code] ?? code) : code}</li>;
      })}
    </ul>
  );
}

/** Who acted, with the way to their page where they are a user. */
export function Actor({ of, names }: { readonly of: string; readonly names: Names }): VNode {
  const view = useView();
  return names.known.has(of) && mayHere(view, 'user.read') ? <a href={at(USER, { user: of })}>{of}</a> : <>{of}</>;
}

/** The event in words; one that has none yet is told by its name. */
export function eventWords(event: string, { t }: Pick<View, 't'>): string {
  return t.trail.names[event] ?? event;
}
