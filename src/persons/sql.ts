/** Pieces of SQL that other slices join: they name the persons' tables, so that nobody else has to. */

/** `persons p` by its own alias: id, code, name. */
export const PERSONS = 'persons p';

/** Condition on `persons p`: its data were not erased. */
export const NOT_ERASED = 'p.erased_at is null';
