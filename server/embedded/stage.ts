import { CommandError } from './errors.ts';
import { compileExpression } from './expressions.ts';
import { type Document, isDocument } from './values.ts';

export type Source = Iterable<Document>;
export type Stage = (source: Source) => Source;

/** What stages need beyond the documents that come to them. */
export interface StageContext {
  variables: Record<string, unknown>;
  /** Runs a pipeline over another collection of the same database. */
  run(collection: string, pipeline: Document[], variables: Record<string, unknown>): Source;
}

export type CompileStage = (specification: unknown, context: StageContext) => Stage;

/** A stage that makes one document of each. */
export const mapping = (map: (document: Document) => Document): Stage =>
  function* (source) {
    for (const document of source) yield map(document);
  };

/** An expression as a function of the document that comes to a stage. */
export function onDocument(expression: unknown, { variables }: StageContext): (document: Document) => unknown {
  const evaluate = compileExpression(expression, Object.keys(variables));
  return (root) => evaluate({ root, variables });
}

export function pipelineOf(pipeline: unknown): Document[] {
  if (Array.isArray(pipeline) && pipeline.every(isDocument)) return pipeline;
  throw new CommandError('TypeMismatch', 'a pipeline must be an array of objects');
}

/** Takes from a stage's specification the fields it may have. @throws for any other one */
export function membersOf(stage: string, specification: unknown, allowed: readonly string[]): Document {
  if (!isDocument(specification))
    throw new CommandError('FailedToParse', `the ${stage} specification must be an object`);
  const unknown = Object.keys(specification).find((field) => !allowed.includes(field));
  if (unknown === undefined) return specification;
  throw new CommandError('FailedToParse', `unknown argument to ${stage}: ${unknown}`);
}
