/** Signing in in a browser or on another device, and at AMP. */
export const elsewhereEn = {
  'elsewhere.page.signed-in': 'You are signed in',
  'elsewhere.page.close': 'You may close this window.',
  'elsewhere.page.refused': 'You are not signed in',
  'elsewhere.page.again': 'The sign-in was refused. Go back to the Portal and begin again; you may close this window.',
  'elsewhere.browser.how': 'Sign in in the browser of this machine. If it has not opened, open this address in it:',
  'elsewhere.device.how': 'On another device, open this address:',
  'elsewhere.device.code': 'and enter the code {code} there.',
  'elsewhere.device.care': 'Enter it only if you began this sign-in yourself.',
  'elsewhere.until': 'Until {time}.',
  'problem.code-missing': 'A code is needed: on the second line of standard input, or with --factor sms once it has come.',
  'problem.way-unavailable': 'This Portal does not offer that way of signing in.',
  'problem.sign-in-denied': 'The sign-in was refused there, by you or by your organisation.',
  'problem.sign-in-expired': 'The time for this sign-in is over. Begin again.',
  'problem.sign-in-given-up': 'The sign-in was given up.',
  'problem.device-blocked': 'Your organisation does not allow signing in with a code on another device. Sign in in the browser of this machine instead.',
};
