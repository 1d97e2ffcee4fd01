/** A message that Jira sent to a person about an issue. */
export type Notification = {
  siteId: string;
  issueKey: string;
  accountId: string;
  subject: string;
  textBody: string;
  htmlBody: string;
  /** ISO instant. */
  at: string;
};

export type NotificationState = {
  /** The sent messages, oldest first. */
  notifications(siteId: string): readonly Notification[];
  putNotification(sent: Notification): void;
  clearNotifications(): void;
  /** Whether the site sends e-mail at all; its admins can switch it off. */
  sendsMail(siteId: string): boolean;
  setMail(siteId: string, isOn: boolean): void;
};

/** The messages that the Jira sites of a world sent to people, in memory. */
export function createNotifications(): NotificationState {
  let sent: Notification[] = [];
  const silent = new Set<string>();
  return {
    notifications: (siteId) => sent.filter((one) => one.siteId === siteId),
    putNotification: (one) => void sent.push(one),
    clearNotifications() {
      sent = [];
      silent.clear();
    },
    sendsMail: (siteId) => !silent.has(siteId),
    setMail: (siteId, isOn) => void (isOn ? silent.delete(siteId) : silent.add(siteId)),
  };
}
