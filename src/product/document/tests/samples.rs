//! Documents as sites send them, with everything that editors leave in.

use super::super::Document;
use super::adf_rules;

const ISSUE: &str = include_str!("issue.json");
const PAGE: &str = include_str!("page.xml");

#[test]
fn the_description_of_an_issue() {
    let value = serde_json::from_str(ISSUE).expect("JSON");
    let document = Document::from_adf(&value).expect("a document");
    assert_eq!(
        document.to_markdown(),
        include_str!("issue.md"),
        "{}",
        document.to_markdown()
    );
    assert_eq!(document.mentions().len(), 1);
    assert_eq!(adf_rules::broken(&document.to_adf()), Vec::<String>::new());
}

#[test]
fn a_page() {
    let document = Document::from_storage(PAGE).expect("storage format");
    assert_eq!(
        document.to_markdown(),
        include_str!("page.md"),
        "{}",
        document.to_markdown()
    );
    let again =
        Document::from_storage(&document.to_storage()).expect("what was written can be read");
    assert_eq!(again.to_text(), document.to_text());
}
