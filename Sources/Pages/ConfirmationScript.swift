/// The page's script. It writes text only, never HTML, and keeps the token in memory.
enum ConfirmationScript {
    static let text = #"""
        'use strict';
        (() => {
          const id = document.body.dataset.confirmation;
          const token = location.hash.slice(1);
          const at = name => document.getElementById(name);
          const show = (name, yes) => { at(name).hidden = !yes; };
          const address = '/v1/confirmations/' + id;
          let tag = null, expires = 0, offset = 0, over = false;

          at('language').href += location.hash;
          if (!/^[A-Za-z0-9_-]{43}$/.test(token)) { show('no-token', true); return; }

          const pause = ms => new Promise(done => setTimeout(done, ms));
          const ask = (path, options = {}) => fetch(address + path, {
            ...options, cache: 'no-store', credentials: 'omit',
            headers: { Authorization: 'Bearer ' + token, ...options.headers },
          });
          const post = (path, body) => ask(path, {
            method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' },
          });

          function render(page) {
            const pending = page.status === 'pending';
            over = !pending;
            // The style shows what belongs to this kind of question.
            document.body.dataset.kind = page.kind;
            at('payee').textContent = page.payee;
            at('amount').textContent = page.amount_text || '';
            at('code').textContent = page.match_code || '';
            expires = Date.parse(page.expires_at);
            show('payment', true);
            show('pending', pending);
            show('ways', pending);
            for (const line of document.querySelectorAll('.left')) line.hidden = !pending;
            for (const line of document.querySelectorAll('.outcome')) {
              line.hidden = line.dataset.status !== page.status;
            }
            const back = page.return_url;
            if (over && back && /^https?:\/\//.test(back)) { at('back').href = back; show('back', true); }
          }

          function tick() {
            if (over || !expires) return;
            const left = Math.max(0, Math.round((expires - Date.now() - offset) / 1000));
            at('left').textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
          }

          async function look() {
            const headers = tag ? { 'If-None-Match': tag } : {};
            const answer = await ask(tag ? '?wait=25' : '', { headers });
            show('troubled', false);
            // The server's clock decides, not this one.
            const date = Date.parse(answer.headers.get('Date'));
            if (date) offset = date - Date.now();
            if (answer.status === 200) {
              tag = answer.headers.get('ETag');
              render(await answer.json());
              tick();
              return;
            }
            if (answer.status === 304) return;
            if (answer.status === 404 || answer.status === 401) {
              over = true;
              show('unknown', true);
              return;
            }
            await pause(1000 * Number(answer.headers.get('Retry-After') || 2));
          }

          async function watch() {
            while (!over) {
              try { await look(); } catch { show('troubled', true); await pause(2000); }
            }
          }

          const button = (name, path, body) => at(name).addEventListener('click', async () => {
            at(name).disabled = true;
            try { await post(path, body); } catch { show('troubled', true); }
            at(name).disabled = false;
          });
          button('cancel', '/cancel', {});
          button('offer', '/attempts', { factor: 'key_card' });
          setInterval(tick, 1000);
          watch();
        })();
        """#
}
