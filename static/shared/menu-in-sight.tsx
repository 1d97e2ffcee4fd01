import { useEffect, useRef } from 'react';

/** Between a menu and its button, and between it and the end of the frame, in px. */
const GAP = 8;

/**
 * In an open menu: makes the frame as high as the menu needs where it fits neither below nor above its button, and scrolls the window to
 * it. The frame is as high as what is in it, and the window around it knows nothing of the menu.
 */
export function MenuInSight() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const root = document.documentElement;
    const menu = mark.current?.closest('[role="menu"]');
    const button = document.querySelector('button[aria-expanded="true"]')?.getBoundingClientRect();
    if (!menu || !button) return;
    const needed = menu.scrollHeight + 2 * GAP;
    if (button.top < needed) root.style.setProperty('--menu-end', `${Math.ceil(button.bottom + needed)}px`);
    // Once it is placed, and once more when the frame has grown.
    const show = () => requestAnimationFrame(() => menu.scrollIntoView({ block: 'nearest' }));
    show();
    addEventListener('resize', show);
    return () => {
      removeEventListener('resize', show);
      root.style.removeProperty('--menu-end');
    };
  }, []);
  return <span ref={mark} hidden />;
}
