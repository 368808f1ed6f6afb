/** The house's arrows: every slice looks only to its left; the pages' frame and components stand left of all. */
const ORDER = ['web', 'persons', 'stock', 'tariffs', 'valuation', 'leases', 'rents', 'scenarios', 'exchange', 'desk', 'demo'];

const leftOnly = ORDER.map((slice, index) => ({
  name: `${slice}-looks-left`,
  comment: `${slice} may import platform and the slices before it`,
  severity: 'error',
  from: { path: `^src/${slice}/` },
  to: { path: `^src/(${[...ORDER.slice(index + 1), 'cli'].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...leftOnly,
    {
      name: 'platform-stands-alone',
      comment: 'what every slice stands on knows none of them',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: `^src/(${ORDER.join('|')}|cli)/|^src/(app|start|cli|main|config)\\.ts` },
    },
    {
      name: 'rules-are-pure',
      comment: 'a rule takes law, facts and a date: no database, clock, setting or command',
      severity: 'error',
      from: { path: '^src/[^/]+/rules(\\.ts$|/)' },
      to: { pathNot: ['^src/platform/(money\\.ts|kept\\.ts|errors\\.ts|dates/|law/(types|book)\\.ts|statement/(lines|types)\\.ts)', '^src/[^/]+/rules(\\.ts$|/)', '^src/stock/facts\\.ts', '^src/leases/terms\\.ts', '^src/valuation/(conditions|hours)\\.ts'] },
    },
    {
      name: 'copies-through-one-door',
      comment: 'a stream of pg-copy-streams takes the process with it when the database refuses; copy.ts guards it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/database/copy\\.ts$' },
      to: { path: 'pg-copy-streams' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['^src/(main|cli)\\.ts', '^src/web/style/.*\\.js$'] }, to: {} },
    {
      name: 'only-what-is-declared',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' } },
};
