import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How many rows of a table a browser has on disk by now. Throws where the copy was made in the middle of a change. */
export function rowsOnDisk(database, table) {
  const directory = mkdtempSync(join(tmpdir(), 'crumbs-test-'));
  try {
    for (const suffix of ['', '-journal', '-wal'])
      if (existsSync(database + suffix)) copyFileSync(database + suffix, join(directory, `copy${suffix}`));
    return Number(execFileSync('sqlite3', [join(directory, 'copy'), `SELECT count(*) FROM ${table}`], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
