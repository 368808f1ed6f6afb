/** A copy of the binaries that every account may read and run, kept for the next start. */
import { chmod, copyFile, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { exists } from './files.ts';

/** Needed only to build programs against PostgreSQL. */
const LEFT_OUT = /\.a$|^pgxs$|^pkgconfig$/;

/**
 * Copies `from` to `to` unless `to` is there; whoever is killed half-way leaves nothing under that name.
 * @returns true when it copied
 */
export async function copyForEverybody(
  from: string,
  to: string,
  complete: (copy: string) => Promise<boolean>,
): Promise<boolean> {
  if (await exists(to)) return false;
  const draft = `${to}.${randomUUID()}`;
  try {
    await copyTree(from, draft);
    await complete(draft);
    await rename(draft, to);
    return true;
  } catch (error) {
    // Another process was faster: its copy is as good as ours.
    if (await exists(to)) return false;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755); // By chmod, as a caller's strict umask would close it again.
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, 0o755);
    }
  }
}
