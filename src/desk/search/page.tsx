/** The search box and what it found. The words are posted and stay in the session: they may name a person. */
import type { ComponentChildren, VNode } from 'preact';
import { z } from 'zod';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { Empty, Section } from '../../web/components/parts.tsx';
import { Place } from '../../web/components/place.tsx';
import { text } from '../../web/forms/kinds.ts';
import { formPage } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import type { Found, FoundPlaces } from './find.ts';
import { findAll, suggest } from './find.ts';

const WORDS = 'search';

export const searchPages = formPage({
  path: '/search', permission: 'stock.read', audit: null, body: z.strictObject({ q: z.string().trim().min(1).max(120) }), fields: { q: text },
  begin: ({ memory }) => ({ q: memory.recall(WORDS) ?? '' }),
  show: async ({ ctx, view: { t }, memory }, form) => {
    if (form.previewed && form.value !== null) return { title: t.found.heading, body: <Suggestions of={await suggest(ctx, form.value.q)} /> };
    const words = memory.recall(WORDS);
    const found = words === null ? null : await findAll(ctx, words);
    return {
      title: t.found.heading,
      body: (
        <>
          <CommandForm state={form} to="/search">
            <TextField name="q" label={t.search.label} hint={t.found.help} maxLength={120} />
            <Buttons save={t.search.go} />
          </CommandForm>
          {found === null || words === null ? null : <Results of={found} words={words} />}
        </>
      ),
    };
  },
  submit: async ({ ctx, memory }, { q }) => {
    await memory.remember(WORDS, q);
    return { to: onlyOne(await findAll(ctx, q)) ?? '/search' };
  },
});

/** Where the only thing found is shown. */
function onlyOne({ dwellings, leases, persons }: Found): string | null {
  if (dwellings.total + leases.total + (persons?.total ?? 0) !== 1) return null;
  const [dwelling] = dwellings.items;
  const [lease] = leases.items;
  const person = persons?.items[0];
  if (dwelling !== undefined) return at('/dwellings/:dwelling', { dwelling: dwelling.dwelling });
  if (lease !== undefined) return at('/leases/:lease', { lease: lease.lease });
  return person === undefined ? null : at('/persons/:person', { person: person.person });
}

/** What fits while one types; the box above every page puts it under itself. */
function Suggestions({ of: { dwellings, leases } }: { readonly of: FoundPlaces }): VNode {
  const { t } = useView();
  if (dwellings.total + leases.total === 0) return <div id="suggested"><p class="soft">{t.found.nothingYet}</p></div>;
  return (
    <div id="suggested">
      <p class="soft">{t.found.suggested(dwellings.items.length + leases.items.length, dwellings.total + leases.total)}</p>
      <ul>
        {dwellings.items.map((row) => (
          <li key={row.dwelling}><a href={at('/dwellings/:dwelling', { dwelling: row.dwelling })}><Place of={row} /> <span class="soft">{row.dwelling}</span></a></li>
        ))}
        {leases.items.map((row) => (
          <li key={row.lease}><a href={at('/leases/:lease', { lease: row.lease })}>{row.lease} <span class="soft"><Place of={row} /></span></a></li>
        ))}
      </ul>
    </div>
  );
}

function Results({ of: { dwellings, leases, persons }, words }: { readonly of: Found; readonly words: string }): VNode {
  const { t } = useView();
  if (dwellings.total + leases.total + (persons?.total ?? 0) === 0) return <Empty title={t.found.nothing(words)}><AddPerson /></Empty>;
  return (
    <>
      <Part
        id="places" title={t.found.places} part={dwellings} keyOf={({ dwelling }) => dwelling}
        show={(row) => <><a href={at('/dwellings/:dwelling', { dwelling: row.dwelling })}><Place of={row} /></a> <span class="soft">{row.dwelling}, {row.district}</span></>}
      />
      <Part
        id="leases" title={t.found.leases} part={leases} keyOf={({ lease }) => lease}
        show={(row) => <><a href={at('/leases/:lease', { lease: row.lease })}>{row.lease}</a> <span class="soft"><Place of={row} />, {t.lease.kinds[row.kind] ?? row.kind}</span></>}
      />
      {persons === null ? null : (
        <Part
          id="persons" title={t.found.persons} part={persons} keyOf={({ person }) => person}
          show={({ person, name, pesel }) => <><a href={at('/persons/:person', { person })}>{name}</a> <span class="soft">{[person, ...(pesel === null ? [] : [`PESEL ${pesel}`])].join(', ')}</span></>}
        />
      )}
      <AddPerson />
    </>
  );
}

/** Whoever was looked for and is not there is added from here: first comes the search. */
function AddPerson(): VNode | null {
  const view = useView();
  const { person: t } = view.t;
  return mayHere(view, 'person.write') ? <p>{t.notFound} <a href="/persons/new">{t.new}</a></p> : null;
}

function Part<Row>({ id, title, part, keyOf, show }: {
  readonly id: string; readonly title: string; readonly part: { readonly items: readonly Row[]; readonly total: number };
  readonly keyOf: (row: Row) => string; readonly show: (row: Row) => ComponentChildren;
}): VNode | null {
  const { t } = useView();
  if (part.total === 0) return null;
  return (
    <Section id={id} title={title}>
      <ul class="found">
        {part.items.map((row) => (
          <li key={keyOf(row)}>{show(row)}</li>
        ))}
      </ul>
      {part.items.length === part.total ? null : <p class="soft">{t.found.more(part.items.length, part.total)}</p>}
    </Section>
  );
}
