import ts from 'typescript';

/** Attributes that a person reads or hears. */
const spoken = new Set(['aria-label', 'aria-description', 'alt', 'label', 'placeholder', 'title', 'summary']);

/** Names that are the same in every language, and marks that are no words. */
const sameEverywhere = /^(\P{L}*|Undersigned)$/u;

/** Text for people in the source of a component instead of in `locales/`: `line: text`. */
export function textsInCode(file: string, content: string): string[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const add = (node: ts.Node, text: string) => {
    const words = text.replace(/&\w+;/g, '').trim();
    if (sameEverywhere.test(words)) return;
    found.push(`${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) add(node, node.text);
    else if (ts.isJsxAttribute(node)) {
      const value = node.initializer;
      if (spoken.has(node.name.getText()) && value) for (const text of shown(value)) add(text, text.text);
    } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      for (const text of shown(node)) add(text, text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The possible literal values of an expression, without the operands of comparisons and arguments of calls. */
function shown(node: ts.Node): ts.LiteralLikeNode[] {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans;
    return [node.head, ...spans.map(({ literal }) => literal), ...spans.flatMap(({ expression }) => shown(expression))];
  }
  if (ts.isJsxExpression(node)) return node.expression ? shown(node.expression) : [];
  if (ts.isParenthesizedExpression(node)) return shown(node.expression);
  if (ts.isConditionalExpression(node)) return [...shown(node.whenTrue), ...shown(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return shown(node.right);
    if (
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken ||
      kind === ts.SyntaxKind.PlusToken
    )
      return [...shown(node.left), ...shown(node.right)];
  }
  return [];
}

/** The sentences that a component uses by a literal key, and the names of their values, unless the values come from elsewhere. */
export function sentencesInCode(file: string, content: string): { line: number; key: string; values: string[] }[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: { line: number; key: string; values: string[] }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(\w+\.)?(t|rich)$/.test(node.expression.getText())) {
      const [key, values] = node.arguments;
      const names = values === undefined ? [] : namesOf(values);
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (key && names) for (const { text } of shown(key)) found.push({ line, key: text, values: names });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Of an object that is written out, or of the words of a service; undefined for another. */
function namesOf(values: ts.Expression): string[] | undefined {
  if (!ts.isObjectLiteralExpression(values)) return ofWords(values);
  const names = values.properties.map((property) => {
    if (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) return property.name.getText();
    return ts.isSpreadAssignment(property) ? ofWords(property.expression) : undefined;
  });
  return names.every((name) => name !== undefined) ? names.flat() : undefined;
}

/** What `words` of `static/shared/text.ts` gives, there or by the name it was given. */
function ofWords(values: ts.Expression): string[] | undefined {
  const named = `const ${values.getText()} = (text\\.)?words\\(`;
  const isWords = ts.isIdentifier(values)
    ? new RegExp(named).test(values.getSourceFile().text)
    : /^(text\.)?words\(.*\)$/s.test(values.getText());
  return isWords ? ['credential', 'requestKind', 'sign', 'scopes'] : undefined;
}
