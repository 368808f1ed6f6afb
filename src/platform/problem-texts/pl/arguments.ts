/** Arguments that are codes, in words; programs read the codes in the problem's `args`. */
export const ARGUMENTS = {
  /** States of what is decided. */
  state: {
    drafting: 'w trakcie liczenia',
    draft: 'projekt',
    approved: 'zatwierdzone',
    rejected: 'odrzucone',
    void: 'przerwane, nieważne',
  },
  /** Roles that may. */
  able: {
    clerk: 'referent',
    supervisor: 'kierownik',
    law_administrator: 'administrator prawa',
    collections: 'windykacja',
    auditor: 'audytor',
    tenant: 'najemca',
    system: 'system',
  },
  /** What there is none of: „Nie ma budynku”. */
  kind: { building: 'budynku', staircase: 'klatki', dwelling: 'lokalu' },
} as const;

export type ArgumentWords = { readonly [Name in keyof typeof ARGUMENTS]: { readonly [Code in keyof (typeof ARGUMENTS)[Name]]: string } };
