"""The search box, with the words that people type."""

import re
from urllib.parse import urlencode

from tests.shown import shown

RIGHT_PAGE = {
    "deadline": "homework",
    "due date": "homework",
    "hand in": "homework",
    "seed": "glossary",
    "missing values": "filtering",
    "NaN": "filtering",
    "log2": "normalization",
    "t-test": "ttest",
    "permutation": "ttest",
    "null distribution": "ttest",
    "p-value": "glossary",
    "type I error": "error_rates",
    "type II error": "error_rates",
    "multiple testing": "multiple_testing",
    "FDR": "multiple_testing",
    "Benjamini-Hochberg": "multiple_testing",
    "Welch": "welch_and_small_n",
    "CPM": "library_size",
    "TPM": "library_size",
    "quality control": "look_first",
    "FASTQ": "counts",
    "sample size": "sample_size",
    "pseudoreplication": "glossary",
    "DESeq2": "deseq2_edger_limma",
    "limma": "deseq2_edger_limma",
    "grading": "instructors",
    "rubric": "instructors",
}
FOUND = "#search-results ul.search li a"
ASK = """([words, found]) => {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false; // each would fetch a page
  document.getElementById("search-results").replaceChildren();
  Search.performSearch(words);
  return document.querySelector(found).getAttribute("href");
}"""


def test_first_page_found_is_the_right_one(open_page, address):
    page, first = open_page(), {}
    page.goto(f"{address}/search.html?{urlencode({'q': 'gene'})}")
    page.locator(FOUND).first.wait_for()
    for words in shown(RIGHT_PAGE):
        link = page.evaluate(ASK, [words, FOUND])
        first[words] = re.search(r"book/(\w+)\.html", link)[1]
    assert first == shown(RIGHT_PAGE)
