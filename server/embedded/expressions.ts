import { ARRAY_OPERATORS } from './array-expressions.ts';
import { CONTROL_OPERATORS } from './control-expressions.ts';
import { DATE_OPERATORS } from './date-expressions.ts';
import { CommandError } from './errors.ts';
import { type Evaluate, type Operator, fail } from './expression-operator.ts';
import { VALUE_OPERATORS } from './value-expressions.ts';
import { type Document, isDocument, show } from './values.ts';

/** Every operator an expression may use. */
export const EXPRESSION_OPERATORS: Record<string, Operator> = {
  ...CONTROL_OPERATORS,
  ...VALUE_OPERATORS,
  ...ARRAY_OPERATORS,
  ...DATE_OPERATORS,
};

const NAMES_OF_SYSTEM = new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE']);

/** Compiles an aggregation expression. @throws for an operator or variable that is not known */
export function compileExpression(expression: unknown, known: readonly string[] = []): Evaluate {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, known);
  if (Array.isArray(expression)) {
    const parts = expression.map((each) => compileExpression(each, known));
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const [name = ''] = Object.keys(expression);
  return name.startsWith('$') ? compileOperator(name, expression, known) : compileObject(expression, known);
}

function compileOperator(name: string, expression: Document, known: readonly string[]): Evaluate {
  if (Object.keys(expression).length > 1)
    return fail(15983, `an expression specification must contain exactly one field: ${show(expression)}`);
  const operator = Object.hasOwn(EXPRESSION_OPERATORS, name) ? EXPRESSION_OPERATORS[name] : undefined;
  if (!operator) throw new CommandError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return operator(expression[name], (each, more = []) => compileExpression(each, [...known, ...more]), name);
}

function compilePath(expression: string, known: readonly string[]): Evaluate {
  const [head = '', ...rest] = expression.split('.');
  if ([head.replace(/^\$\$?/, ''), ...rest].includes(''))
    return fail(15998, `FieldPath field names may not be empty strings: ${expression}`);
  if (rest.some((part) => part.startsWith('$')))
    return fail(16410, `FieldPath field names may not start with '$': ${expression}`);
  const path = head.startsWith('$$') ? rest : [head.slice(1), ...rest];
  const name = head.startsWith('$$') ? head.slice(2) : 'CURRENT';
  if (!NAMES_OF_SYSTEM.has(name) && !known.includes(name)) return fail(17276, `Use of undefined variable: ${name}`);
  if (name === 'REMOVE') return () => undefined;
  if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => follow(root, path);
  return ({ variables }) => follow(variables[name], path);
}

/** Follows a path; of an array it gives what the documents in it have there. */
export function follow(value: unknown, path: readonly string[], from = 0): unknown {
  if (from === path.length) return value;
  if (Array.isArray(value))
    return value
      .filter(isDocument)
      .map((each) => follow(each, path, from))
      .filter((each) => each !== undefined);
  return isDocument(value) ? follow(value[path[from] ?? ''], path, from + 1) : undefined;
}

function compileObject(expression: Document, known: readonly string[]): Evaluate {
  const fields = Object.entries(expression).map(([field, each]) => {
    if (field.includes('.') || field.startsWith('$'))
      return fail(16412, `FieldPath field names may not contain '.' in an expression: ${field}`);
    return [field, compileExpression(each, known)] as const;
  });
  return (scope) => {
    const values = fields.map(([field, evaluate]) => [field, evaluate(scope)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
}

/** An expression as a function of the document alone. */
export function expressionOnDocument(expression: unknown): (document: Document) => unknown {
  const evaluate = compileExpression(expression);
  const variables = { NOW: new Date() };
  return (document) => evaluate({ root: document, variables });
}
