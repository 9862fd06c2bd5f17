import type { Document } from 'mongodb';

/** One command on the collection `things`, and what it must answer and leave there, on every engine. */
export interface Case {
  does: string;
  given: Document[];
  command: Document;
  /** The documents it gives, or the fields of its reply that matter. */
  answer?: unknown;
  /** What the collection holds afterwards. */
  leaves?: Document[];
  /** MongoDB's manual, where the other engine does not follow it. */
  manual?: string;
}

export const aggregate = (...pipeline: Document[]): Document => ({ aggregate: 'things', pipeline, cursor: {} });
