import { conditionsOf } from './bounds.ts';
import { isEqual } from './compare.ts';
import type { Index } from './indexes.ts';
import { compileFilter } from './match.ts';
import { type Document, isTruthy } from './values.ts';

/** A partial or sparse index knows only some of the documents: the filter must not want others. */
export function isUsable(index: Index, conditions: Map<string, Document[]>, filter: Document): boolean {
  const { partialFilterExpression: partial, sparse } = index.spec;
  if (index.isBuilding) return false;
  if (partial && !isImplied(partial, conditions, filter)) return false;
  return !sparse || index.fields.some((field) => (conditions.get(field.path) ?? []).some(excludesMissing));
}

function excludesMissing(condition: Document): boolean {
  const [[operator, operand] = ['', undefined]] = Object.entries(condition);
  if (operator === '$exists') return isTruthy(operand);
  const predicate = compileFilter({ field: condition });
  return ['$eq', '$in', '$gt', '$gte', '$lt', '$lte'].includes(operator) && !predicate({});
}

/** Each condition of the index must be one of the filter's, or hold for the one value the filter allows. */
function isImplied(partial: Document, conditions: Map<string, Document[]>, filter: Document): boolean {
  if (Object.keys(partial).some((field) => field.startsWith('$') && field !== '$and'))
    return Object.entries(partial).every(([field, condition]) => isEqual(filter[field], condition));
  return [...conditionsOf(partial)].every(([path, wanted]) =>
    wanted.every((condition) => (conditions.get(path) ?? []).some((given) => implies(given, condition))),
  );
}

function implies(given: Document, wanted: Document): boolean {
  if (isEqual(given, wanted)) return true;
  if ('$exists' in wanted) return isTruthy(wanted['$exists']) && excludesMissing(given);
  const holds = compileFilter({ field: wanted });
  if ('$eq' in given) return !Array.isArray(given['$eq']) && holds({ field: given['$eq'] });
  return (
    '$in' in given && Array.isArray(given['$in']) && given['$in'].every((value) => holds({ field: value as unknown }))
  );
}
