// A document store with CouchDB's protocol, in memory on a free loopback port, which it prints. It has no webhooks; as
// people do, a follower of its change feed posts every change to the given address.
const [, , packages, hook, log] = process.argv;
const load = require('node:module').createRequire(packages + '/package.json');
const PouchDB = load('pouchdb-core').plugin(load('pouchdb-adapter-memory'));
const app = load('express')();
app.use(load('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: log }));

let posted = Promise.resolve();
const follow = change => {
  const body = JSON.stringify({ seq: change.seq, id: change.id, rev: change.changes[0].rev });
  const post = () => fetch(hook, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  posted = posted.then(post).catch(() => undefined); // in order, and a lost one stays lost
};
const server = app.listen(0, '127.0.0.1', async () => {
  const port = server.address().port;
  await fetch(`http://127.0.0.1:${port}/documents`, { method: 'PUT' });
  new PouchDB('documents').changes({ since: 'now', live: true }).on('change', follow);
  console.log('listening ' + port);
});
