import type { SERVICE as PL } from '../pl/service.ts';

export const SERVICE: Readonly<Record<keyof typeof PL, string>> = {
  unexpected: 'An unexpected error occurred. Nothing was saved. Try again, and if the error comes back, give the administrator the number of the request.',
  unavailable: 'The database does not answer at the moment. Try again shortly.',
  starting: 'The program is just starting. Try again in a moment.',
  stopping: 'The program is just stopping. Try again in a moment.',
  not_migrated: 'The database is not prepared. First run: npm run cli -- migrate (or npm start).',
  database_address: 'DATABASE_URL is not the address of a database. Write it as postgresql://user:password@host:port/database.',
  database_unreachable: 'No database server answers at {place}. Start PostgreSQL or correct the address in DATABASE_URL.',
  database_password: 'The database server {place} does not let the user “{user}” in: the password is wrong or there is no such user. Correct DATABASE_URL.',
  database_none: 'The server {place} has no database “{database}”. Create it (create database {database}) or correct DATABASE_URL.',
  database_full: 'The database server {place} has no free connections. Raise max_connections or stop other programs.',
  database_starting: 'The database server {place} is just starting or stopping. Try again in a moment.',
  database_old: 'The database server {place} is PostgreSQL {version}, and {oldest} or newer is needed. Upgrade it or give another one in DATABASE_URL.',
  database_rights: 'The user “{user}” may not create tables in the database “{database}”. Make them its owner (alter database {database} owner to {user}) or give the owner in DATABASE_OWNER_URL.',
  demo_database_not_empty: 'The database is not empty (table {table}), so no demo city is made in it. Give an empty one.',
};
