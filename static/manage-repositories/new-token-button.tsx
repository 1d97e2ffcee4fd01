import Button from '@atlaskit/button/new';
import { useEffect, useState } from 'react';
import { placeIn, type Offering } from '../../src/domain/offerings';
import { call } from '../shared/call';
import { openExternal } from '../shared/links';
import { NewTab } from '../shared/new-tab';
import { useText } from '../shared/text';
import { useDebounced } from '../shared/use-debounced';

/** Opens the service's page for a token of the integration account. Off until it is known where that is. */
export function NewTokenButton({ offering, address }: { offering: Offering; address: string }) {
  const { t, words } = useText();
  const named = words(offering.provider);
  const settled = useDebounced(address, 300);
  const [page, setPage] = useState<{ of: string; url: string }>();
  const place = placeIn(offering, settled);
  const wanted = place.ok ? `${place.value.edition} ${place.value.address}` : '';

  useEffect(() => {
    const found = placeIn(offering, settled);
    if (!found.ok) return;
    let current = true;
    void call('manage-repositories', 'new-token-page', found.value).then((answer) => {
      if (current && answer.ok) setPage({ of: `${found.value.edition} ${found.value.address}`, url: answer.value.url });
    });
    return () => {
      current = false;
    };
  }, [offering, settled]);

  const url = page?.of === wanted ? page.url : undefined;
  return (
    <Button
      appearance="subtle"
      isDisabled={url === undefined}
      iconAfter={NewTab}
      aria-label={t('add.newToken.for', named)}
      onClick={() => url !== undefined && void openExternal(url)}
    >
      {t('token.new', named)}
    </Button>
  );
}
