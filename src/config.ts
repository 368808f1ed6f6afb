/** Settings, parsed once. Every wrong one is named with its remedy before anything starts. */
import path from 'node:path';
import { z } from 'zod';

const url = z.string().regex(/^postgres(ql)?:\/\//, 'podaj adres postgres://użytkownik:hasło@komputer:port/baza');

const schema = z.object({
  DATABASE_URL: url.optional(),
  DATABASE_OWNER_URL: url.optional(),
  PORT: z.coerce.number('podaj numer portu').int().min(0).max(65535).default(3000),
  KAMIENICA_DATA: z.string().min(1).default('.data'),
  KAMIENICA_DEMO: z.enum(['yes', 'no']).optional(),
  KAMIENICA_DEMO_SIZE: z.coerce.number().int().min(120).max(150_000).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  NODE_ENV: z.string().optional(),
});

export interface Config {
  readonly databaseUrl: string | null;
  /** Migrates and owns the tables; the same as `databaseUrl` unless told otherwise. */
  readonly databaseOwnerUrl: string | null;
  readonly port: number;
  /** Folder of the embedded server's data, absolute. */
  readonly dataDir: string;
  /** Whether an empty database gets the demo city; by default only the embedded one. */
  readonly demo: 'yes' | 'no' | undefined;
  /** Dwellings let in the demo city. */
  readonly demoSize: number | undefined;
  readonly production: boolean;
  readonly logLevel: string;
}

/** A setting that cannot be used. */
export class ConfigError extends Error {}

/** @throws ConfigError naming every wrong setting */
export function parseConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const settings = parsed.data;
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    databaseOwnerUrl: settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL ?? null,
    port: settings.PORT,
    dataDir: path.resolve(root, settings.KAMIENICA_DATA),
    demo: settings.KAMIENICA_DEMO,
    demoSize: settings.KAMIENICA_DEMO_SIZE,
    production: settings.NODE_ENV === 'production',
    logLevel: settings.LOG_LEVEL,
  };
}
