import { BSONRegExp } from 'bson';
import { patternOf } from './compare.ts';
import { CommandError } from './errors.ts';
import { type Test, isOperatorDocument, negated, operatorTest } from './match-operators.ts';
import { visitPath } from './paths.ts';
import { isRegularExpression } from './regular-expressions.ts';
import { type Document, isDocument, isTruthy, show } from './values.ts';

export type Predicate = (document: Document) => boolean;

/** Turns an expression into a function of the document; given by who knows expressions. */
export type ExpressionCompiler = (expression: unknown) => (document: Document) => unknown;

/** Compiles a MongoDB filter. @throws BadValue and its kin for what is not known */
export function compileFilter(filter: unknown, expressions: ExpressionCompiler = refuseExpressions): Predicate {
  if (!isDocument(filter)) throw new CommandError('FailedToParse', `filter must be an object, got ${show(filter)}`);
  return all(Object.entries(filter).map(([field, condition]) => compileEntry(field, condition, expressions)));
}

function refuseExpressions(): never {
  throw new CommandError(224, '$expr is not allowed in this context');
}

const all = (predicates: Predicate[]): Predicate => {
  const [first] = predicates;
  if (!first) return () => true;
  return predicates.length === 1 ? first : (document) => predicates.every((predicate) => predicate(document));
};

function compileEntry(field: string, condition: unknown, expressions: ExpressionCompiler): Predicate {
  switch (field) {
    case '$and':
      return all(branches(field, condition, expressions));
    case '$or': {
      const predicates = branches(field, condition, expressions);
      return (document) => predicates.some((predicate) => predicate(document));
    }
    case '$nor': {
      const predicates = branches(field, condition, expressions);
      return (document) => !predicates.some((predicate) => predicate(document));
    }
    case '$expr': {
      const evaluate = expressions(condition);
      return (document) => isTruthy(evaluate(document));
    }
    case '$comment':
      return () => true;
  }
  if (field.startsWith('$')) throw new CommandError('BadValue', `unknown top level operator: ${field}`);
  return compileField(field, condition, expressions);
}

function branches(operator: string, list: unknown, expressions: ExpressionCompiler): Predicate[] {
  if (!Array.isArray(list)) throw new CommandError('BadValue', `${operator} must be an array`);
  if (list.length === 0) throw new CommandError('BadValue', `${operator} argument must be a non-empty array`);
  return list.map((branch) => {
    if (!isDocument(branch)) throw new CommandError('BadValue', `${operator} argument's entries must be objects`);
    return compileFilter(branch, expressions);
  });
}

function compileField(path: string, condition: unknown, expressions: ExpressionCompiler): Predicate {
  const parts = path.split('.');
  if (!isOperatorDocument(condition)) return onPath(parts, operatorTest('$eq', condition));
  return all(compileConditions(condition, expressions).map((test) => onPath(parts, test)));
}

function onPath(parts: string[], test: Test): Predicate {
  const visit = (value: unknown, isWhole: boolean): boolean => (isWhole || !test.wholeOnly) && test.accepts(value);
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && !test.negated) {
    return (document) => {
      const value = document[first];
      return Array.isArray(value) ? visitPath(document, parts, visit) : test.accepts(value);
    };
  }
  return test.negated
    ? (document) => !visitPath(document, parts, visit)
    : (document) => visitPath(document, parts, visit);
}

/** The tests of `{ $gt: 1, $lt: 5 }`, each to be satisfied by some value at the path. */
function compileConditions(condition: Document, expressions: ExpressionCompiler): Test[] {
  const tests: Test[] = [];
  for (const [operator, operand] of Object.entries(condition)) {
    if (operator === '$options') {
      if (!('$regex' in condition)) throw new CommandError('BadValue', '$options needs a $regex');
    } else if (operator === '$regex') tests.push(regexTest(operand, condition['$options']));
    else if (operator === '$not') tests.push(...notTests(operand, expressions));
    else if (operator === '$elemMatch') tests.push(elemMatchTest(operand, expressions));
    else if (operator === '$all') tests.push(...allTests(operand, expressions));
    else tests.push(operatorTest(operator, operand));
  }
  return tests;
}

function regexTest(pattern: unknown, options: unknown): Test {
  if (typeof pattern !== 'string' && !isRegularExpression(pattern))
    throw new CommandError('BadValue', '$regex has to be a string');
  if (options !== undefined && typeof options !== 'string')
    throw new CommandError('BadValue', '$options has to be a string');
  const [source, flags] = patternOf(pattern).split('\0');
  return operatorTest('$eq', new BSONRegExp(source ?? '', options ?? flags));
}

/** `$not` holds where not all of the inner tests find their value. */
function notTests(operand: unknown, expressions: ExpressionCompiler): Test[] {
  if (isRegularExpression(operand)) return [negated(regexTest(operand, undefined))];
  if (!isDocument(operand)) throw new CommandError('BadValue', '$not needs a regex or a document');
  const inner = compileConditions(operand, expressions);
  const [only] = inner;
  if (!only) throw new CommandError('BadValue', '$not cannot be empty');
  if (inner.length === 1) return [negated(only)];
  throw new CommandError('BadValue', '$not with more than one operator is not supported by this database');
}

function elemMatchTest(operand: unknown, expressions: ExpressionCompiler): Test {
  const matches = elementPredicate(operand, expressions);
  return { wholeOnly: true, accepts: (value) => Array.isArray(value) && value.some((element) => matches(element)) };
}

/** What an element must be for `$elemMatch`: a document that matches, or a value that passes the operators. */
export function elementPredicate(operand: unknown, expressions?: ExpressionCompiler): (element: unknown) => boolean {
  if (!isDocument(operand)) throw new CommandError('BadValue', '$elemMatch needs an Object');
  if (isOperatorDocument(operand) && !['$and', '$or', '$nor'].includes(Object.keys(operand)[0] ?? '')) {
    const tests = compileConditions(operand, expressions ?? refuseExpressions);
    return (element) => tests.every((test) => test.accepts(element) !== (test.negated ?? false));
  }
  const predicate = compileFilter(operand, expressions);
  return (element) =>
    isDocument(element)
      ? predicate(element)
      : Array.isArray(element) && predicate(Object.fromEntries(element.entries()));
}

function allTests(operand: unknown, expressions: ExpressionCompiler): Test[] {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$all needs an array');
  if (operand.length === 0) return [{ accepts: () => false }];
  return operand.map((each) => {
    if (isDocument(each) && '$elemMatch' in each) return elemMatchTest(each['$elemMatch'], expressions);
    if (isOperatorDocument(each)) throw new CommandError('BadValue', 'no $ expressions in $all');
    return operatorTest('$eq', each);
  });
}
