/** The service and its database. */
export const SERVICE = {
  unexpected: 'Wystąpił nieoczekiwany błąd. Nic nie zapisano. Spróbuj ponownie, a jeśli błąd wróci, podaj administratorowi numer żądania.',
  unavailable: 'Baza danych chwilowo nie odpowiada. Spróbuj ponownie za chwilę.',
  starting: 'Program właśnie się uruchamia. Spróbuj za chwilę.',
  stopping: 'Program właśnie kończy pracę. Spróbuj za chwilę.',
  not_migrated: 'Baza danych nie jest przygotowana. Uruchom najpierw: npm run cli -- migrate (albo npm start).',
  database_address: 'DATABASE_URL nie jest adresem bazy danych. Podaj go w postaci postgresql://użytkownik:hasło@komputer:port/baza.',
  database_unreachable: 'Pod adresem {place} nie odpowiada żaden serwer bazy danych. Uruchom PostgreSQL albo popraw adres w DATABASE_URL.',
  database_password: 'Serwer bazy danych {place} nie wpuszcza użytkownika „{user}”: hasło jest złe albo nie ma takiego użytkownika. Popraw DATABASE_URL.',
  database_none: 'Na serwerze {place} nie ma bazy „{database}”. Załóż ją (create database {database}) albo popraw DATABASE_URL.',
  database_full: 'Serwer bazy danych {place} nie ma wolnych połączeń. Zwiększ max_connections albo zakończ inne programy.',
  database_starting: 'Serwer bazy danych {place} właśnie się uruchamia albo kończy pracę. Spróbuj za chwilę.',
  database_old: 'Serwer bazy danych {place} to PostgreSQL {version}, a potrzebny jest {oldest} lub nowszy. Zaktualizuj go albo podaj inny w DATABASE_URL.',
  database_rights: 'Użytkownik „{user}” nie może zakładać tabel w bazie „{database}”. Uczyń go jej właścicielem (alter database {database} owner to {user}) albo podaj właściciela w DATABASE_OWNER_URL.',
  demo_database_not_empty: 'Baza danych nie jest pusta (tabela {table}), więc nie powstanie w niej miasto pokazowe. Podaj pustą bazę.',
};
