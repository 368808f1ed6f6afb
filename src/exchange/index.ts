/** Import and export of files: what terminal and routes may use. */
export { exportAll, exportSheet, fileName, type ExportedSheet, type ExportFormat } from './export.ts';
export { importFile, startImport, type ImportInput, type ImportReport, type StartedImport } from './import.ts';
export { importAll, type ImportAllInput } from './import-all.ts';
export { discardRejects } from './rejects.ts';
export { SHEETS, sheetNamed } from './sheets.ts';
