//! Plain text and wiki markup: only written.

use super::super::Document;

const MARKDOWN: &str = "# Title\n\n\
    Hello **you**, see [the page](https://acme.example/p) or https://acme.example/q.\n\n\
    - one\n  1. first\n- two\n\n\
    * [x] done\n* [ ] open\n\n\
    ```rust\nlet x = 1;\n```\n\n\
    > said\n\n\
    > [!WARNING]\n> careful\n\n\
    | name | n |\n|---|---|\n| a \\| b | 1 |\n\n\
    ___\n\n\
    [@Mia](accountid:mia) [DONE](status:green) ![plan](attachment:p.png) `a_b` ~~old~~\n\n\
    <details>\n<summary>More</summary>\n\nhidden\n\n</details>\n";

#[test]
fn text_for_people() {
    assert_eq!(
        Document::from_markdown(MARKDOWN).to_text(),
        "Title\n=====\n\n\
         Hello you, see the page (https://acme.example/p) or https://acme.example/q.\n\n\
         • one\n  1. first\n• two\n\n\
         [x] done\n[ ] open\n\n    let x = 1;\n\n\
         > said\n\n\
         | Warning:\n| careful\n\n\
         name  | n\n------+--\na | b | 1\n\n\
         --------------------\n\n\
         @Mia [DONE] [image: plan] a_b old\n\n\
         ▸ More\n  hidden\n"
    );
}

#[test]
fn wiki_markup() {
    assert_eq!(
        Document::from_markdown(MARKDOWN).to_wiki_markup(),
        "h1. Title\n\n\
         Hello *you*, see [the page|https://acme.example/p] or [https://acme.example/q].\n\n\
         * one\n*# first\n* two\n\n\
         * (/) done\n* (x) open\n\n\
         {code:rust}\nlet x = 1;\n{code}\n\n\
         {quote}\nsaid\n{quote}\n\n\
         {panel:title=Warning}\ncareful\n{panel}\n\n\
         ||name||n||\n|a \\| b|1|\n\n\
         ----\n\n\
         [~mia] *DONE* !p.png! {{a\\_b}} -old-\n\n\
         *More*\n\nhidden"
    );
}

#[test]
fn signs_of_wiki_markup_in_a_text_mean_nothing() {
    let shown = |markdown: &str| Document::from_markdown(markdown).to_wiki_markup();
    assert_eq!(
        shown("h1. x {code} \\*a\\* [x] a|b !y! well-known - no -x- (/)"),
        "h1&#46; x \\{code\\} \\*a\\* \\[x\\] a\\|b \\!y\\! well-known - no \\-x\\- \\(/)"
    );
    assert_eq!(shown("C:\\\\dir"), "C:&#92;dir");
    assert_eq!(shown("```\n{code}\n```"), "{noformat}\n{code}\n{noformat}");
    assert_eq!(
        shown("```\n{code}{noformat}\n```"),
        "{{\\{code\\}\\{noformat\\}}}"
    );
    assert_eq!(shown("[x](javascript:y)"), "x (javascript:y)");
}
