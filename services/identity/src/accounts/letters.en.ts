/** What the service writes to people. */
export const letters = {
  recovery: {
    subject: 'Your Appointee Portal code',
    text:
      'Somebody, probably you, has forgotten the password of {username} at the Appointee Portal.\n\n' +
      'Code: {code}\n\n' +
      'Enter it within 15 minutes where you asked for it, and choose a new password there. If it was not you, do ' +
      'nothing: without this code nobody chooses a password.\n',
  },
  reset: {
    subject: 'Your Appointee Portal password was changed',
    text:
      'The password of {username} at the Appointee Portal was chosen anew, and every sign-in was ended.\n\n' +
      'If it was not you, tell the Appointee Portal administrators at once.\n',
  },
  factor: {
    subject: 'A sign-in factor was set up at the Appointee Portal',
    text:
      'A further way to prove who you are, or new recovery codes, were set up for {username} at the Appointee Portal.\n\n' +
      'If it was not you, tell the Appointee Portal administrators at once.\n',
  },
  invitation: {
    subject: 'Your Appointee Portal account',
    text:
      'An account at the Appointee Portal was made for you.\n\n' +
      'User name: {username}\nInvitation: {invitation}\n\n' +
      'Choose a password with the invitation within 14 days: "I have an invitation" on the first page of the Portal, ' +
      'or "portal redeem" on the command line. It works once.\n',
  },
} as const;
