import Button from '@atlaskit/button/new';
import type { PageError } from '../../src/contract/errors';
import { errorButtons, type ErrorWays } from './error-buttons';
import { type Around, errorText } from './error-text';
import { guideUrl } from './guide-url';
import { openExternal } from './links';
import { Message } from './message';
import { NewTab } from './new-tab';
import { press } from './press';
import { useText } from './text';

type Props = ErrorWays & {
  error: PageError;
  around?: Around;
  takesFocus?: boolean;
};

/** An error as people read it: what, why, what next, and the button for it where the page has one. */
export function ErrorMessage({ error, around, takesFocus, ...ways }: Props) {
  const text = useText();
  const told = errorText(error, text, around);
  const { title, why, next, said, action } = told;
  const guide = guideUrl(`errors.md#${error.code}`);
  const buttons = errorButtons(error, told, text, ways);
  return (
    <Message
      appearance={action === 'set-up-token' ? 'warning' : 'error'}
      title={title}
      takesFocus={takesFocus ?? false}
      actions={
        (guide !== undefined || buttons.length > 0) && (
          <>
            {buttons.map((button) => (
              <Button
                key={button.label}
                spacing="compact"
                onClick={() => press(button)}
                {...('opens' in button && { iconAfter: NewTab })}
              >
                {button.label}
              </Button>
            ))}
            {guide !== undefined && (
              <button type="button" className="link-button" onClick={() => void openExternal(guide)}>
                {text.t('guide.error')}
              </button>
            )}
          </>
        )
      }
    >
      <p>{why}</p>
      {said !== undefined && <p dir="auto">{said}</p>}
      <p>{next}</p>
    </Message>
  );
}
