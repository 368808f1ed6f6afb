/** Settings, parsed once. Every wrong one is named with its remedy before anything starts. */
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import type { AccessSettings } from './platform/access/settings.ts';
import { accessSchema, accessSettings } from './platform/access/settings.ts';
import type { Keyring } from './platform/secrets/index.ts';
import { HOW_TO_MAKE_A_KEY, KeyringError, parseKeyring } from './platform/secrets/index.ts';

const url = z.string().regex(/^postgres(ql)?:\/\//, 'podaj adres postgres://użytkownik:hasło@komputer:port/baza');

const keys = z.string().transform((text, context): Keyring => {
  try {
    return parseKeyring(text);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

/** Only what Express understands: it believes whatever it is told, and so would we. */
const proxies = z.string().transform((text, context): number | readonly string[] => {
  const parts = text.split(',').map((part) => part.trim());
  if (/^(?:[1-9]|10)$/.test(text.trim())) return Number(text);
  if (parts.every(isNetwork)) return parts;
  context.addIssue({ code: 'custom', message: 'podaj liczbę pośredników (1–10) albo ich adresy po przecinku, np. 10.0.0.5, 192.168.0.0/24' });
  return z.NEVER;
});

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  return version !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)));
}

const schema = z.object({
  DATABASE_URL: url.optional(),
  DATABASE_OWNER_URL: url.optional(),
  PORT: z.coerce.number('podaj numer portu').int().min(0).max(65535).default(3000),
  KAMIENICA_KEYS: keys.optional(),
  KAMIENICA_DATA: z.string().min(1).default('.data'),
  KAMIENICA_DEMO: z.enum(['yes', 'no']).optional(),
  KAMIENICA_DEMO_SIZE: z.coerce.number().int().min(120).max(150_000).optional(),
  TRUST_PROXY: proxies.optional(),
  METRICS_TOKEN: z.string().regex(/^[\x21-\x7e]{16,200}$/, 'podaj co najmniej 16 znaków bez spacji i polskich liter').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  HOST: z.string().regex(/^[\w.:-]{1,253}$/, 'podaj adres albo nazwę, pod którą program ma nasłuchiwać, na przykład 0.0.0.0').optional(),
  NODE_ENV: z.enum(['development', 'production', 'test'], 'podaj production, development albo test').optional(),
  ...accessSchema.shape,
});

export interface Config {
  readonly databaseUrl: string | null;
  /** Migrates and owns the tables; the same as `databaseUrl` unless told otherwise. */
  readonly databaseOwnerUrl: string | null;
  readonly port: number;
  /** Addresses on which the program listens; null = all of this machine. */
  readonly hosts: readonly string[] | null;
  /** Folder of the embedded server's data, absolute. */
  readonly dataDir: string;
  /** Whether an empty database gets the demo city; by default only the embedded one. */
  readonly demo: 'yes' | 'no' | undefined;
  /** Dwellings let in the demo city. */
  readonly demoSize: number | undefined;
  /** Keys of personal data; null = those of a file in the data directory. */
  readonly keys: Keyring | null;
  /** Proxies that are believed whom they hand on: how many, or their addresses and networks; null = none. */
  readonly trustProxy: number | readonly string[] | null;
  /** Who shows it may read the metrics from anywhere; null = only this machine may. */
  readonly metricsToken: string | null;
  readonly production: boolean;
  readonly access: AccessSettings;
  readonly logLevel: string;
}

/** The addresses of this machine that no other reaches. */
const LOOPBACK = ['127.0.0.1', '::1'] as const;

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
  const production = settings.NODE_ENV === 'production';
  const access = accessSettings(settings, { production, ownDatabase: settings.DATABASE_URL !== undefined, demo: settings.KAMIENICA_DEMO === 'yes' });
  // A file made here would be lost with this machine, and with it what the database holds.
  const keyless = production && settings.DATABASE_URL !== undefined && settings.KAMIENICA_KEYS === undefined;
  const flaws = [...access.flaws, ...(keyless ? [`KAMIENICA_KEYS: podaj klucze danych osobowych jako nazwa:base64 (pierwszy szyfruje, pozostałe tylko odczytują). ${HOW_TO_MAKE_A_KEY}`] : [])];
  if (flaws.length > 0) throw new ConfigError(flaws.join('\n'));
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    databaseOwnerUrl: settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL ?? null,
    port: settings.PORT,
    // Invented people are for whoever sits at this machine.
    hosts: settings.HOST !== undefined ? [settings.HOST] : access.settings.development ? LOOPBACK : null,
    dataDir: path.resolve(root, settings.KAMIENICA_DATA),
    demo: settings.KAMIENICA_DEMO,
    demoSize: settings.KAMIENICA_DEMO_SIZE,
    keys: settings.KAMIENICA_KEYS ?? null,
    trustProxy: settings.TRUST_PROXY ?? null,
    metricsToken: settings.METRICS_TOKEN ?? null,
    production,
    access: access.settings,
    logLevel: settings.LOG_LEVEL,
  };
}

/** What is reached from other machines. */
export function isOpen({ hosts }: Pick<Config, 'hosts'>): boolean {
  return hosts === null || hosts.some((host) => host !== 'localhost' && host !== '::1' && !host.startsWith('127.'));
}

/** The service needs a way in; the terminal, which takes tokens, does not. @throws ConfigError naming the settings */
export function requireSignIn({ access }: Pick<Config, 'access'>): void {
  if (access.development || access.staff !== null || access.tenants !== null) return;
  throw new ConfigError(
    'SIGN_IN: przy własnej bazie (DATABASE_URL) podaj dostawcę tożsamości: OIDC_STAFF_ISSUER, OIDC_STAFF_CLIENT_ID i OIDC_STAFF_CLIENT_SECRET. Do wypróbowania, ze zmyślonymi osobami: SIGN_IN=development (pusta baza) albo KAMIENICA_DEMO=yes (z miastem pokazowym).',
  );
}
