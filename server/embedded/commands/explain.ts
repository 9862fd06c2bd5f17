import { CommandError } from '../errors.ts';
import type { Plan } from '../planner.ts';
import { type Selection, select, splitPipeline } from '../query.ts';
import { type Document, isDocument, show } from '../values.ts';
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
      rejectedPlans: [],
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
    case 'aggregate':
      return select(workspace, collection, splitPipeline(documentsIn(command, 'pipeline')).query);
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return select(workspace, collection, { filter: documentIn(command, 'query'), hint: command['hint'] });
    case 'update':
    case 'delete': {
      const [first = {}] = documentsIn(command, name === 'update' ? 'updates' : 'deletes');
      return select(workspace, collection, { filter: documentIn(first, 'q'), hint: first['hint'] });
    }
    default:
      throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

const isCollectionScan = (plan: Plan | undefined): boolean =>
  plan !== undefined && plan.index.number === 0 && plan.bounded === 0;

function stagesOf({ plan, isSortedInMemory }: Selection): Document {
  if (!plan) return { stage: 'EOF' };
  const scan = isCollectionScan(plan)
    ? { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' }
    : indexScan(plan);
  return isSortedInMemory ? { stage: 'SORT', inputStage: scan } : scan;
}

function indexScan(plan: Plan): Document {
  const { spec, multikey } = plan.index;
  const inputStage = {
    stage: 'IXSCAN',
    keyPattern: spec.key,
    indexName: spec.name,
    isMultiKey: multikey,
    isUnique: spec.unique ?? plan.index.number === 0,
    isSparse: spec.sparse ?? false,
    isPartial: spec.partialFilterExpression !== undefined,
    direction: plan.reverse ? 'backward' : 'forward',
    boundedFields: plan.bounded,
    stretches: plan.stretches.length,
  };
  return { stage: 'FETCH', inputStage: plan.isMerged ? { stage: 'SORT_MERGE', inputStage } : inputStage };
}

export const EXPLAIN_COMMANDS: Record<string, Command> = { explain };
