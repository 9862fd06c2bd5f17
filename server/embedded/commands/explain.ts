import { CommandError } from '../errors.ts';
import type { Plan } from '../planner.ts';
import { type Selection, select, splitPipeline } from '../query.ts';
import type { Scan } from '../scan.ts';
import { type Document, isDocument, isTruthy, show, toNumber } from '../values.ts';
import { type Command, type Context, documentIn, documentsIn, namespaceOf } from './command.ts';
import { FIND_FIELDS, queryOf } from './read.ts';

const explain: Command = {
  fields: ['verbosity'],
  run(context) {
    const { explain: inner, verbosity = 'allPlansExecution' } = context.command;
    if (!isDocument(inner)) throw new CommandError('FailedToParse', 'explain needs a command');
    if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(String(verbosity)))
      throw new CommandError(
        'FailedToParse',
        `verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}: ${show(verbosity)}`,
      );
    const selection = selectionOf({ ...context, command: inner });
    const nReturned = verbosity === 'queryPlanner' ? 0 : [...selection.rows].filter((row) => row.bytes).length;
    const winningPlan = stagesOf(selection);
    const queryPlanner = {
      namespace: `${context.name}.${String(Object.values(inner)[0])}`,
      winningPlan,
      rejectedPlans: selection.plan?.rejected.map(stagesOfPlan) ?? [],
    };
    if (verbosity === 'queryPlanner') return { fields: { queryPlanner } };
    const { keysExamined: examined, docsExamined: totalDocsExamined } = selection.counters;
    const totalKeysExamined = isCollectionScan(selection.plan) ? 0 : examined;
    const executionStats = {
      executionSuccess: true,
      nReturned,
      executionTimeMillis: 0,
      totalKeysExamined,
      totalDocsExamined,
      executionStages: winningPlan,
    };
    return { fields: { queryPlanner, executionStats } };
  },
};

function selectionOf(context: Context): Selection {
  const { command, database, workspace } = context;
  const [name = ''] = Object.keys(command);
  const collection = database.catalogue.find(namespaceOf(context, name));
  switch (name) {
    case 'find': {
      const unknown = Object.keys(command).find((field) => !['find', '$db', 'lsid', ...FIND_FIELDS].includes(field));
      if (unknown) throw new CommandError(40415, `BSON field 'find.${unknown}' is an unknown field.`);
      return select(workspace, collection, queryOf(command));
    }
    case 'aggregate': {
      const { query } = splitPipeline(documentsIn(command, 'pipeline'));
      return select(workspace, collection, { ...query, hint: command['hint'] });
    }
    case 'count':
    case 'distinct':
      return select(workspace, collection, { filter: documentIn(command, 'query'), hint: command['hint'] });
    case 'findAndModify': {
      const [filter, sort] = [documentIn(command, 'query'), documentIn(command, 'sort')];
      return select(workspace, collection, { filter, sort, hint: command['hint'], limit: 1 });
    }
    case 'update':
    case 'delete': {
      const [first = {}] = documentsIn(command, name === 'update' ? 'updates' : 'deletes');
      const isForAll = name === 'update' ? isTruthy(first['multi']) : toNumber(first['limit']) === 0;
      const [filter, sort] = [documentIn(first, 'q'), documentIn(first, 'sort')];
      return select(workspace, collection, { filter, sort, hint: first['hint'], limit: isForAll ? 0 : 1 });
    }
    default:
      throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

const isCollectionScan = (plan: Plan | undefined): boolean =>
  plan?.scans.every(({ index, bounded }) => index.number === 0 && bounded.length === 0) === true;

function stagesOf({ plan, isSortedInMemory }: Selection): Document {
  if (!plan) return { stage: 'EOF' };
  const found = stagesOfPlan(plan);
  return isSortedInMemory ? { stage: 'SORT', inputStage: found } : found;
}

function stagesOfPlan(plan: Plan): Document {
  const [scan, ...more] = plan.scans;
  if (!scan) return { stage: 'EOF' };
  if (isCollectionScan(plan)) return { stage: 'COLLSCAN', direction: scan.reverse ? 'backward' : 'forward' };
  if (more.length === 0) return { stage: 'FETCH', inputStage: inputStageOf(scan) };
  const inputStages = plan.scans.map(inputStageOf);
  return { stage: 'FETCH', inputStage: { stage: plan.isSorted ? 'SORT_MERGE' : 'OR', inputStages } };
}

function inputStageOf(scan: Scan): Document {
  const { spec, multikey, number } = scan.index;
  const inputStage = {
    stage: 'IXSCAN',
    keyPattern: spec.key,
    indexName: spec.name,
    isMultiKey: multikey.size > 0,
    isUnique: spec.unique ?? number === 0,
    isSparse: spec.sparse ?? false,
    isPartial: spec.partialFilterExpression !== undefined,
    direction: scan.reverse ? 'backward' : 'forward',
    boundedFields: scan.bounded.length,
    stretches: scan.stretches.length,
  };
  return scan.isMerged ? { stage: 'SORT_MERGE', inputStage } : inputStage;
}

export const EXPLAIN_COMMANDS: Record<string, Command> = { explain };
