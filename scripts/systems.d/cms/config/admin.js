module.exports = () => ({
  auth: { secret: 'of tests' },
  apiToken: { salt: 'of tests' },
  transfer: { token: { salt: 'of tests' } },
  secrets: { encryptionKey: 'a key of tests..' },
  serveAdminPanel: false,
});
