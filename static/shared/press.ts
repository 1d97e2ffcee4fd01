import { ADMIN_PAGE, type ErrorButton } from './error-buttons';
import { openExternal, openModule } from './links';

/** Does what the button of an error says. */
export function press(button: ErrorButton): void {
  if ('act' in button) button.act();
  else void (button.opens === ADMIN_PAGE ? openModule(ADMIN_PAGE) : openExternal(button.opens));
}
