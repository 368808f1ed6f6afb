/** Import and export of files: what terminal and routes may use. */
export { exportAll, exportSheet, exportWorkbook, fileName, type ExportedSheet, type ExportFormat } from './export.ts';
export { importFile, startImport, type ImportInput, type ImportReport, type StartedImport } from './import.ts';
export { sweepKept } from './kept.ts';
export { importAll, type ImportAllInput } from './import-all.ts';
export { discardRejects, readRejects, unsealRejects } from './rejects.ts';
export { SHEETS, sheetNamed } from './sheets.ts';
