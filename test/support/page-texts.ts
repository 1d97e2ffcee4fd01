import ts from 'typescript';

/** Attributes that a person reads or hears. */
const spoken = new Set(['aria-label', 'aria-description', 'alt', 'label', 'placeholder', 'title', 'summary']);

/** Names of products and of things that are called the same in every language, and marks that are no words. */
const sameEverywhere = /^(\P{L}*|Undersigned)$/u;

/** Text for people that stands in the source of a component instead of in `locales/`: `line: text`. */
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

/** The literals an expression can come out as: not what it compares, calls or passes on. */
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
