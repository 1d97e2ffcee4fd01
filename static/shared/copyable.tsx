import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { copyText } from './copy';
import { useText } from './text';

/** `label`: of the button, for those who hear it, where there are several. */
type Props = { text: string; label?: string; onCopied?: () => void };

/** A line of text to copy, with a button that does it and says so. */
export function Copyable({ text, label, onCopied }: Props) {
  const { t } = useText();
  const [result, setResult] = useState<'copied' | 'failed'>();
  return (
    <div className="row">
      <code className="command">{text}</code>
      <Button
        {...(label !== undefined && { 'aria-label': label })}
        onClick={() => {
          onCopied?.();
          void copyText(text).then((copied) => setResult(copied ? 'copied' : 'failed'));
        }}
      >
        {t('action.copy')}
      </Button>
      <span className="subtle small" role="status">
        {result && t(result === 'copied' ? 'action.copied' : 'action.copyFailed')}
      </span>
    </div>
  );
}
