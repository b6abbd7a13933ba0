import type { DatabaseSync } from 'node:sqlite'

/**
 * Print jobs as the journal makes them. The uniqueness of kind, subject and copy is what keeps an original single,
 * whatever the program above does (I13).
 */
export function printJobs(db: DatabaseSync): void {
  db.exec(`
    CREATE INDEX journal_by_print_job ON journal (subject_id) WHERE subject = 'print';

    CREATE TABLE print_jobs (
      sequence INTEGER PRIMARY KEY,
      job_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      copy INTEGER NOT NULL,
      order_number TEXT,
      status TEXT NOT NULL,
      version INTEGER NOT NULL,
      state TEXT NOT NULL,
      UNIQUE (kind, subject_id, copy)
    ) STRICT;

    CREATE INDEX print_jobs_by_order ON print_jobs (order_number) WHERE order_number IS NOT NULL;
    CREATE INDEX print_jobs_open ON print_jobs (sequence) WHERE status NOT IN ('printed', 'failed');
  `)
}
