import type { FILES as PL } from '../pl/files.ts';

export const FILES: Readonly<Record<keyof typeof PL, string>> = {
  import_file: 'The file “{file}” cannot be loaded. {reason}',
  import_file_missing: 'Choose a file from your computer.',
  import_file_too_large: 'The file is too large: it may have at most {limit}. Split it into parts, each with the row of column names.',
  import_file_empty: 'The file “{file}” is empty. Choose a file with data.',
  import_other_kind: 'The file “{file}” looks like the kind “{other}”, not “{sheet}”. Load it as “{other}” or choose another file.',
  import_not_a_trial: 'Task {operation} is not a finished trial of a file. Send the file on trial again.',
  import_not_yours: 'The trial {operation} was made by somebody else ({actor}). A file is loaded by whoever sent it: send it on trial yourself.',
  import_file_gone: 'The file of the trial {operation} is no longer on the server: it was loaded, or an hour has passed. Send it on trial again.',
  import_sheet_unknown: 'There is no kind of file “{sheet}”. Known kinds: {known}.',
  import_not_recognised: 'It is not known what data the file “{file}” holds. Name it like one of the kinds ({known}) or say which kind it is.',
  sheet_needs_whole_city: 'Files of the kind “{sheet}” concern the whole city, so only people who are not limited to districts load and download them. Ask one of them.',
  import_folder_empty: 'The folder “{folder}” holds no file to load. Files must be named like the kinds: {known}.',
  known_from_future: 'Data cannot be known since {instant}: that moment is yet to come.',
  known_from_too_early: 'Data cannot be known since {instant}, because other data or a recalculation were recorded later, at {latest}. Give a later moment or leave it out.',
};
