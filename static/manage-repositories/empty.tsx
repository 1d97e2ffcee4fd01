type Props = { title: string; children: string };

/** There is nothing yet, and how that changes. Part of the first view, so drawn without anything that loads later. */
export function Empty({ title, children }: Props) {
  return (
    <div className="panel-box stack-tight" role="status">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}
