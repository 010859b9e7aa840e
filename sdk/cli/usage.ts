const common = `
  --endpoint URL    the collector; EARSHOT_ENDPOINT, else http://localhost:8787
  --key KEY         a secret key (sec_...); better in EARSHOT_KEY, where no list of processes shows it
  --project ID      only where the key sees more than one project

Exit code: 0 all good; 1 some rows refused, or what came is not whole; 2 wrong use or a file
that cannot be used, nothing was changed; 3 the collector could not be reached or denied it.
`

export const help = `Usage: earshot COMMAND [options]

  import FILE       bring feedback in, from a CSV table or from an export
  export            take feedback out, as CSV, XLSX, NDJSON or JSON
  changes           what changed since a cursor, to keep a copy
  backup            a whole project with its images, in one file
  restore FILE      put a backup back
  keys              list, make, change, replace and revoke keys
  members           list members, change roles, take somebody out, sign somebody out
  invite ROLE       a link by which somebody becomes a member
  erase             erase a person with all that they said
  signin            a one-time link to the console
  doctor [PAGE]     looks whether a collector, and a page that embeds the widget, are set up right

  --help            this; "earshot COMMAND --help" says more and gives examples
  --version         the version
${common}`

export const importHelp = `Usage: earshot import FILE --map TARGET=COLUMN ... [options]

Brings feedback in. FILE is a CSV table (comma, semicolon or tab; UTF-8) whose columns are mapped,
or NDJSON as "earshot export" writes it, which needs no mapping and loses nothing. Running it twice
is safe: the same rows get the same ids, and what is there already is not stored again.

  --map TARGET=COLUMN   fill TARGET from a column; give it once for each
  --set TARGET=VALUE    fill TARGET with the same value in every row

    message             the words, kept to the last character; several columns, such as a title
                        and a description, follow one another
    id                  the row's id in its old system; makes running twice safe even when other
                        columns change (without it the whole row stands for itself)
    createdAt           when it was said
    rating.SCALE        a score: nps (0-10), csat (1-5), ces (1-7), stars (1-5), thumbs (0-1);
                        COLUMN:reverse turns it round (1 best, 5 worst); what is outside the scale
                        means no rating and is counted
    kind, status, release, email, locale, source, page.url
    label               one label; COLUMN:split makes several of "a, b; c"
    tag.NAME, trait.NAME
    person.id, person.name, person.email
    account.id, account.name, account.plan, account.revenue

  --date-format FORMAT  how dates that are not ISO are meant: dmy, mdy (03/04/2021) or ydm
                        (2021-31-12); several with commas between are tried in that order
  --tz ZONE             of times that name no offset (Europe/Berlin); UTC unless told
  --source NAME         what ids are derived from, with the row's own; the file's name without it
  --environment NAME    production unless told
  --delimiter CHAR      comma, semicolon or tab is found out
  --encoding NAME       utf-8 unless told; windows-1252 for older spreadsheets
  --rejects FILE        write every refused row, with the reason, to a CSV file
  --check               read and map everything, send nothing
  --json                a summary for machines on stdout
${common}
Examples:
  earshot import feedback.ndjson
  earshot import survey.csv --map message=Comment --map id=ResponseId --map createdAt=Date \\
    --map rating.csat=Score:reverse --map tag.region=Region --set kind=praise --rejects refused.csv
`

export const exportHelp = `Usage: earshot export [--format csv|xlsx|ndjson|json] [-o FILE] [options]

Takes feedback out: everything the filters select, never capped. Checks while it writes that nothing
is missing; until the end is reached the file is called FILE.part. A connection that breaks is taken
up again: CSV and NDJSON go on where they were, the others begin anew.

  --format FORMAT       csv or xlsx (for spreadsheets), ndjson (for programs and for import) or json
  -o, --output FILE     where to; stdout without it, or with -
  --resume              csv, ndjson: go on with FILE.part of a run that was ended
  --since DATE          said on or after this date or instant
  --until DATE          said before this instant, or up to and on this date
  --filter NAME=VALUE   any filter of the list, as often as you like: status=new, tag.plan=pro,
                        q=waiting time, not.kind=praise; the same name twice means either value
  --query STRING        the same as a query string, copied from the console's address bar
  --columns A,B         these columns only, in this order (csv, xlsx)
  --shape SHAPE         wide (a row an item) or long (a row an answer of a survey) (csv, xlsx)
  --tz ZONE             dates are meant, and times written as well, in this zone (Europe/Berlin)
  --guard off           csv: do not guard cells that a spreadsheet would take for formulas
  --bom off             csv: no byte order mark
  --delimiter WHAT      csv: comma, semicolon or tab; Excel wants semicolons where decimals have a comma
  --json                a summary for machines on stderr
${common}
Examples:
  earshot export -o feedback.csv --since 2026-01-01
  earshot export --format ndjson --query "status=new&tag.plan=pro" | jq .message
`

export const changesHelp = `Usage: earshot changes [--cursor CURSOR | --cursor-file FILE] [-o FILE] [options]

What changed since a cursor, as NDJSON: each item once and as it is now, and for what was erased
{"id", "change", "erased": true, "erasedAt"}. Without a cursor it begins with the first item. Put
each item by its id into your copy: none is left out, one may come twice. Needs the scope export.

  --cursor CURSOR       where the last run ended; it is said at the end
  --cursor-file FILE    read the cursor from FILE, and keep it there once the changes are written;
                        a run that breaks off goes on from what was written
  -o, --output FILE     add to FILE, which is flushed to the disk; stdout without it, or with -
  --follow              do not end: ask every five seconds for more
  --json                a summary for machines on stderr
${common}
Examples:
  earshot changes --cursor-file .earshot-cursor -o feedback.ndjson
  earshot changes --cursor c1204 | jq -r 'select(.erased | not) | .message'
`

export const backupHelp = `Usage: earshot backup -o FILE [options]

Puts a whole project into one file: settings and statuses, surveys with every version and what was
shown, saved views, people and accounts, who was erased, every item of every environment as it
stands, spam and merged ones included, and every image. The file holds the project's own secret:
keep it as you would the database. Not in it: keys, identity secrets, members, sessions. Needs the scope admin.

Until it is whole the file is called FILE.part; a run that breaks off goes on from there.

  -o, --output FILE     where to; readable by you alone
  --json                a summary for machines on stdout
${common}
Example:
  earshot backup -o shop.backup
`

export const restoreHelp = `Usage: earshot restore FILE [options]

Puts a backup back. FILE is read to its end first; nothing is sent of one that is cut or was changed.
An empty project becomes the one of the backup, with its name, settings and secret. Running it twice
is safe: what is there stays as it is, and what was erased since stays erased. Needs the scope admin.

  --add                 restore into a project that holds other things
  --no-images           leave the images out, for a collector without object storage
  --json                a summary for machines on stdout
${common}
Example:
  earshot restore shop.backup --endpoint https://feedback.example.com
`

export const keysHelp = `Usage: earshot keys
       earshot keys create TYPE --name NAME [options]
       earshot keys change KEY [--name NAME] [--expires DATE]
       earshot keys rotate KEY [--grace TIME]
       earshot keys rotate signing [--grace TIME]
       earshot keys revoke KEY

Lists the project's keys with their last use, and its id (the "aud" of signed identities); makes a
key; names one anew or says when it stops; replaces one by a new one with the same rights, while the
old one goes on working for a time; revokes one, for good. Needs the scope admin.

  TYPE                  publishable (stands in pages, may only submit), secret (for servers and this
                        tool) or identity (signs who somebody is)
  --name NAME           what it is for
  --scope A,B           secret: read, write, export, admin
  --environment NAME    publishable: what comes in with it belongs there; production unless told
  --expires DATE        create, change: when it stops by itself (2027-01-31, midnight UTC, or an
                        instant); never takes an end away
  --grace TIME          rotate: how long the old one goes on: 0, 30m, 12h, 7d; a day unless told
  KEY                   an id, or how a key begins, as the list shows it
  signing               what the collector signs receipts and links to images with; nobody sees it.
                        Those from before are believed for the time of --grace
  --json                for machines, on stdout
${common}
A new key stands alone on stdout and is shown this once.

Examples:
  earshot keys
  earshot keys create secret --name "Nightly export" --scope export > key.txt
  earshot keys create publishable --name Staging --environment staging
  earshot keys change sec_4fQz1a --name "Weekly export" --expires 2027-01-31
  earshot keys rotate sec_4fQz1a --grace 7d > key.txt
  earshot keys revoke sec_4fQz1a
`

export const membersHelp = `Usage: earshot members
       earshot members role WHO ROLE [--revoke-keys] [--keep-invitations]
       earshot members remove WHO [--revoke-keys] [--keep-invitations]
       earshot members signout WHO [--passkeys]

Lists who works in the project; changes what somebody may do; takes somebody out; ends somebody's
sessions and cancels their sign-in links. All of it holds from the next request on. The last admin
stays one. Where an admin goes, or is one no more, invitations that they made are revoked; keys that
they have seen go on working, because servers depend on them, and are listed with what to do.
Needs the scope read, for changes admin.

  WHO                   an id, an e-mail address or a name
  ROLE                  viewer (reads and exports), editor (triages too) or admin (looks after
                        settings, keys and members too)
  --revoke-keys         revoke the keys that they made or replaced, too
  --keep-invitations    leave open the invitations that they made
  --passkeys            signout: their passkeys open the project no more, until they are invited again
  -y, --yes             remove: do not ask; in a pipe it is needed, because there is nobody to ask
  --json                for machines, on stdout
${common}
Examples:
  earshot members
  earshot members role ada@example.com admin
  earshot members remove ada@example.com
`

export const inviteHelp = `Usage: earshot invite ROLE [--email ADDRESS] [--days N]
       earshot invite list
       earshot invite revoke ID

Prints a link by which somebody becomes a member, once. Whoever is signed in when they open it gets
the project beside their others; anybody else becomes a new member. Nothing is mailed: hand the link
on yourself. Needs the scope admin.

  ROLE                  viewer, editor or admin
  --email ADDRESS       the new member's address
  --days N              how long the link works: 1 to 30, 7 unless told
  --json                for machines, on stdout
${common}
Examples:
  earshot invite editor --email ada@example.com
  earshot invite list
`

export const eraseHelp = `Usage: earshot erase UUID | --id ID | --email ADDRESS | --anonymous ID [options]

Erases a person with all that they said: items, images, both indexes. It cannot be undone; a copy
that still waits in somebody's browser is refused when it comes. Says first who is meant and how
much that is, and asks. Needs the scopes read and admin.

  UUID                  the person's own, as items and exports show it (person.uuid)
  --id ID               the id in your own system
  --email ADDRESS       the person's address, or one that was left with an item
  --anonymous ID        the random id of a browser (person.anonymousId)
  --dry-run             say who and how much, erase nothing
  -y, --yes             do not ask; in a pipe it is needed, because there is nobody to ask
  --json                a summary for machines on stdout
${common}
Examples:
  earshot erase --email ada@example.com --dry-run
  earshot erase --id u_42 --yes --json
`

export const signInHelp = `Usage: earshot signin [WHO] [options]

Prints a link that signs a member in to the console, once, within a day: WHO (an id, an e-mail
address or a name), else an admin. Only for somebody who works in no other project, because the link
would lead there too. Needs the scope admin. Whoever has the link can use it: hand it on as you
would a password.

  --json                {"url", "expiresAt", "member"} on stdout
${common}
Example:
  earshot signin --endpoint https://feedback.example.com
`

export const doctorHelp = `Usage: earshot doctor [PAGE] [options]

Looks at a collector, and at a page that embeds the widget, and says what to mend: address, release,
https, clock, key, origin, the page's Content-Security-Policy, the script, block lists. Needs no
secret key, and stores nothing.

  PAGE                  the address of a page with the widget; its key and endpoint are read there
  --endpoint URL        the collector; else the page's, EARSHOT_ENDPOINT, http://localhost:8787
  --key KEY             the publishable key (pub_...), where the page's HTML does not show it
  --origin ORIGIN       ask as a page of that origin; the page's own unless told
  --json                the findings for machines, on stdout

Exit code: 0 nothing to mend (there may be something to look at); 1 something to mend; 2 wrong use.

Examples:
  earshot doctor https://app.example.com/
  earshot doctor --endpoint https://feedback.example.com --key pub_... --origin https://app.example.com
`
