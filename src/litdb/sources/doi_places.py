"""Where publishers write DOIs: hosts with a DOI in the path, and rules by which a number or a query becomes one.

A rule stands here only where the publisher makes its DOIs so, without exception: the RFC Editor (RFC 7669), NIST,
eLife, SSRN, the working papers of NBER, the services of OSF, the Royal Society of Chemistry, Dagstuhl, IJCAI, Hindawi.
"""

from __future__ import annotations

from litdb.sources.page_rules import Rules, rule

PUBLISHERS = tuple(
    """acpjournals.org ahajournals.org aip.scitation.org annualreviews.org api.crossref.org api.openalex.org
    api.unpaywall.org arc.aiaa.org ascelibrary.org ascopubs.org biorxiv.org .biomedcentral.com bioone.org chemrxiv.org
    content.apa.org datadryad.org degruyter.com degruyterbrill.com dl.acm.org doi.apa.org drops.dagstuhl.de
    embopress.org emerald.com
    epubs.siam.org frontiersin.org .frontiersin.org iopscience.iop.org jbe-platform.com joss.theoj.org journals.aom.org
    journals.aps.org journals.asm.org journals.physiology.org journals.sagepub.com journals.uchicago.edu liebertpub.com
    link.aip.org link.aps.org link.springer.com mdpi.com medrxiv.org mitpressjournals.org nature.com nejm.org
    onlinelibrary.wiley.com .onlinelibrary.wiley.com .oxfordjournals.org ploscompbiol.org plosgenetics.org
    plosbiology.org plosmedicine.org plosntds.org plosone.org plospathogens.org pnas.org projecteuclid.org
    psycnet.apa.org .psychiatryonline.org pubs.acs.org pubs.aeaweb.org pubsonline.informs.org rd.springer.com
    royalsocietypublishing.org science.org .sciencemag.org scipost.org scitation.aip.org spiedigitallibrary.org
    springer.com .springeropen.com tandfonline.com thieme-connect.com thieme-connect.de transacl.org
    worldscientific.com zenodo.org""".split()
)
"""Hosts that write the DOI into the path, behind a word or two and before the name of a view."""

PREPRINT_SERVERS = ("biorxiv.org", "medrxiv.org")
"""Publishers that write the version behind the DOI: `10.1101/2020.01.01.123456v2.full.pdf`."""

_DOI = r"(?:info:doi/|doi:)?(?P<id>10\.\d{4,9}/[^\s#?&]+)"
_EARLY = r"/content/(?:\w+/)?early/\d{4}/\d\d/\d\d/(?P<id>(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?:[.v].*)?"
_GUID = r"(?P<id>[2-9a-hjkmnp-z]{5})(?:_v\d+)?(?:/.*)?"
"""An identifier of OSF's: its alphabet has nothing that one takes for another (`0 1 i l o`), so `about` is none."""

_OSF_SERVICES = {
    "edarxiv": "10.35542",
    "metaarxiv": "10.31222",
    "osf": "10.31219",
    "psyarxiv": "10.31234",
    "socarxiv": "10.31235",
}
_PLOS = "journals.plos.org plosone.org plosbiology.org plosmedicine.org ploscompbiol.org plosgenetics.org plosntds.org"

PLACES = Rules(
    (
        rule(
            "nature.com",
            r"/articles/(?P<id>[A-Za-z0-9.-]+?)(?:_reference)?(?:\.e?pdf)?(?:/.*)?",
            "doi.org/10.1038/{id}",
        ),
        # before 2017; journals that are no Nature had other DOIs than addresses
        rule(
            "nature.com",
            r"/\w+/journal/v\w+/n\w+/(?:abs|full|pdf)/(?P<id>nature\d{4,5}|ncomms\d{4,5}|srep\d{5}|n[a-z]{1,10}\.\d[\d.]*\d)"
            r"\.(?:html|pdf)",
            "doi.org/10.1038/{id}",
        ),
        rule(
            "elifesciences.org",
            r"/(?:articles|reviewed-preprints)/(?P<id>\d+)(?:v\d+)?(?:\.pdf|/.*)?",
            "doi.org/10.7554/elife.{id}",
        ),
        rule("elifesciences.org", r"/content/\d+/e(?P<id>\d+)(?:/.*)?", "doi.org/10.7554/elife.{id}"),
        rule("peerj.com", r"/articles/(?P<id>\d+)(?:\.pdf|/.*)?", "doi.org/10.7717/peerj.{id}"),
        rule("peerj.com", r"/articles/cs-(?P<id>\d+)(?:\.pdf|/.*)?", "doi.org/10.7717/peerj-cs.{id}"),
        rule(" ".join(PREPRINT_SERVERS), _EARLY, "doi.org/10.1101/{id}"),
        rule("psyarxiv.com", f"/{_GUID}", "doi.org/10.31234/osf.io/{id}"),
        *(
            rule("osf.io", f"/preprints/{name}/{_GUID}", f"doi.org/{prefix}/osf.io/{{id}}")
            for name, prefix in _OSF_SERVICES.items()
        ),
        rule("ssrn.com *.ssrn.com", r"/abstract(?:_id)?=(?P<id>\d{3,9})", "doi.org/10.2139/ssrn.{id}"),
        rule(
            "ssrn.com *.ssrn.com",
            r"/(?:sol3/)?\w+\.(?:cfm|php)(?:/.*)?",
            "doi.org/10.2139/ssrn.{id}",
            "abstract_id abstractid abstractId ABSTRACT_ID",
            r"(?P<id>\d{3,9})",
        ),
        rule(
            "nber.org papers.nber.org",
            r"/(?:system/files/working_papers/w\d+|papers)/[wW](?P<id>\d{4,5})(?:\.pdf)?",
            "doi.org/10.3386/w{id}",
        ),
        rule(
            "rfc-editor.org",
            r"/(?:info|rfc|rfc/pdfrfc)/rfc(?P<id>\d{4,5})(?:\.(?:html|txt|pdf|xml|txt\.pdf))?",
            "doi.org/10.17487/rfc{id}",
        ),
        rule(
            "datatracker.ietf.org tools.ietf.org ietf.org",
            r"/(?:doc/html|doc|doc/pdf|html|pdf|rfc)/rfc(?P<id>\d{4,5})(?:\.(?:html|txt|pdf))?",
            "doi.org/10.17487/rfc{id}",
        ),
        rule(
            "nvlpubs.nist.gov",
            r"/nistpubs/(?:\w+/){1,2}(?P<id>NIST\.[A-Z]{2,5}\.[\w.-]+?)\.pdf",
            "doi.org/10.6028/{id}",
        ),
        rule(
            "pubs.rsc.org",
            r"/[a-z]{2}/[Cc]ontent/[Aa]rticle(?i:landing|html|pdf)/\d{4}/\w+/(?P<id>\w{8,14})",
            "doi.org/10.1039/{id}",
        ),
        rule("xlink.rsc.org", "", "doi.org/10.1039/{id}", "DOI doi", r"(?P<id>\w{8,14})"),
        rule(
            "drops.dagstuhl.de",
            r"/storage/(?:[^/]+/)+(?P<id>[A-Za-z]+(?:\.[\w-]+)+)/(?P=id)\.pdf",
            "doi.org/10.4230/{id}",
        ),
        rule(
            "ijcai.org",
            r"/proceedings/(?P<year>201[7-9]|20[2-9]\d)/0*(?P<id>\d+)(?:\.pdf)?",
            "doi.org/10.24963/ijcai.{year}/{id}",
        ),
        rule(
            "bmj.com",
            r"/content/(?:bmj/)?\d+/bmj\.(?P<id>[a-z]\d{1,6})(?:\.full|\.full\.pdf)?",
            "doi.org/10.1136/bmj.{id}",
        ),
        rule("hindawi.com", r"/journals/\w+/(?P<id>\d{4}/\d{6,7})(?:/.*)?", "doi.org/10.1155/{id}"),
        rule("downloads.hindawi.com", r"/journals/\w+/(?P<id>\d{4}/\d{6,7})\.pdf", "doi.org/10.1155/{id}"),
        rule("scipost.org", r"/(?P<id>SciPost\w*(?:\.\w+){2,4})(?:/pdf)?", "doi.org/10.21468/{id}"),
        rule("quantum-journal.org", r"/papers/(?P<id>q-\d{4}-\d\d-\d\d-\d+)(?:/pdf)?", "doi.org/10.22331/{id}"),
        rule(
            "preprints.org",
            r"/manuscript/(?P<id>\d{6}\.\d{4})/(?P<version>v\d+)(?:/download)?",
            "doi.org/10.20944/preprints{id}.{version}",
        ),
        rule(
            "jstor.org",
            r"/(?:stable|discover)/(?:pdf/|info/)?(?P<id>10\.(?!2307/)\d{4,9}/[^/]+?)(?:\.pdf)?",
            "doi.org/{id}",
        ),
        # Silverchair's sites, where the number of the article stands behind the DOI
        rule(
            "academic.oup.com direct.mit.edu pubs.aip.org",
            r"(?:/.*)?/doi/(?P<id>10\.(?:1093|7551)/[^/]+/[^/]+|10\.(?!(?:1093|7551)/)\d{4,9}/[^/]+)(?:/.*)?",
            "doi.org/{id}",
        ),
        rule(_PLOS, r"/.*", "doi.org/{id}", "id uri", _DOI),
        rule("dl.acm.org", r"/.*", "doi.org/10.1145/{id}", "doid", r"(?P<id>\d{4,9}\.\d{4,9})"),
        rule("psycnet.apa.org doi.apa.org", r"/doiLanding|/getdoi\.cfm", "doi.org/{id}", "doi", _DOI),
        rule("aeaweb.org", r"/articles(?:\.php)?", "doi.org/{id}", "id doi", _DOI),
        rule("onlinelibrary.wiley.com *.onlinelibrary.wiley.com", "/resolve/doi", "doi.org/{id}", "DOI doi", _DOI),
        rule("onlinelibrary.wiley.com *.onlinelibrary.wiley.com", r"/share/.*", "doi.org/{id}", "target", _DOI),
        rule("link.springer.com springerlink.com", r"/openurl(?:\.asp|/.*)?", "doi.org/{id}", "id", _DOI),
        rule("crossmark.crossref.org", "/dialog(?:/.*)?", "doi.org/{id}", "doi", _DOI),
        rule("mdpi.com", "/resolver", "doi.org/10.3390/{id}", "pii", r"(?P<id>[a-z]+\d{7,12})"),
    )
)
"""What becomes a DOI by rule."""

PAGES = Rules(
    (
        rule("doi.org", r"/10\.5281/zenodo\.(?P<id>\d{4,9})", "zenodo.org/records/{id}"),
        rule("doi.org", r"/10\.(?:1145|5555)/(?P<id>\d{4,9}\.\d{4,9})", "dl.acm.org/citation.cfm?id={id}"),
        rule("doi.org", r"/10\.2307/(?P<id>\d{3,12})", "www.jstor.org/stable/{id}"),
        rule("doi.org", r"/10\.1609/aaai\.v\d+i\d+\.(?P<id>\d{4,5})", "ojs.aaai.org/index.php/AAAI/article/view/{id}"),
        rule("doi.org", r"/10\.17605/osf\.io/(?P<id>[2-9a-hjkmnp-z]{5})", "osf.io/{id}"),
        rule("doi.org", r"/10\.21203/rs\.3\.(?P<id>rs-\d+/v\d+)", "www.researchsquare.com/article/{id}"),
        rule(
            "doi.org",
            r"/10\.1016/s(?P<id>\d{4})-(?P<issn>\d{4})\((?P<year>\d\d)\)(?P<number>\d{5})-(?P<check>\d)",
            "www.sciencedirect.com/science/article/pii/S{id}{issn}{year}{number}{check}",
        ),
    )
)
"""The page that a DOI (in lower case) names. Of the page alone one cannot tell that it has the DOI: records at Zenodo
may have another, articles of Elsevier mostly do, and the ACM lists papers of others under a prefix of no publisher."""
