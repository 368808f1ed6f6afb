import type { ArgumentWords } from '../pl/arguments.ts';

export const ARGUMENTS: ArgumentWords = {
  state: {
    drafting: 'being calculated',
    draft: 'draft',
    approved: 'approved',
    rejected: 'rejected',
    void: 'interrupted, void',
  },
  able: {
    clerk: 'clerk',
    supervisor: 'supervisor',
    law_administrator: 'law administrator',
    collections: 'collections',
    auditor: 'auditor',
    tenant: 'tenant',
    system: 'system',
  },
  kind: { building: 'building', staircase: 'staircase', dwelling: 'dwelling' },
};
